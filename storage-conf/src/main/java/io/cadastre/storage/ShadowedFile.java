/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A file that exists and that Podman does not read.
 *
 * @param path the file
 * @param by what replaces it: the path of a file, or a variable of the environment
 */
public record ShadowedFile(String path, String by) {}
