/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Makes the service's logs printable: {@link io.cadastre.subid.Printable} escapes messages,
 * failures and requests when a line is laid out. The only package that imports Logback.
 */
package io.cadastre.service.logs;
