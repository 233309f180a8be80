/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What the service writes into its logs is printable: messages, failures and requests are escaped
 * by {@link io.cadastre.subid.Printable} when a line is laid out. The only package that imports
 * Logback.
 */
package io.cadastre.service.logs;
