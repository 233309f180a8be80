/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The manual pages and the bash completion, generated from the commands by the build. */
package io.cadastre.node.manual;
