/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

/** Whether an owner's active range contains the range of the question. */
public record ContainsJson(boolean contains) {}
