/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The failures of the node's commands and their exit statuses. Depends on no other package. */
package io.cadastre.node.failure;
