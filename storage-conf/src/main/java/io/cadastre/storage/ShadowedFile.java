/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A file that is there and of which nothing counts.
 *
 * @param path the file
 * @param by what counts instead: a file's path, or a variable of the environment
 */
public record ShadowedFile(String path, String by) {}
