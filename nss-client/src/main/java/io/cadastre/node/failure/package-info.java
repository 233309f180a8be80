/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Why a command of the node ends without its effect, and the exit status that says so. */
package io.cadastre.node.failure;
