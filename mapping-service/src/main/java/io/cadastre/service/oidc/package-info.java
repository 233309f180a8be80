/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Access tokens of an OpenID provider: reads the provider's keys and judges the tokens that people
 * show. The only package that knows the JWT library. It opens files by {@code file} only, and knows
 * neither the ledger nor the requests that show the tokens.
 */
package io.cadastre.service.oidc;
