/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.List;

/** The names of accounts, sorted. */
public record AccountsJson(List<String> accounts) {}
