/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

/**
 * An owner as a path names it.
 *
 * @param text a login name, or a uid if all characters are digits
 */
public record NameOrUid(String text) {}
