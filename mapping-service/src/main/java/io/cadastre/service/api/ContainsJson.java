/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

/** Whether an owner's active range contains the one asked about. */
public record ContainsJson(boolean contains) {}
