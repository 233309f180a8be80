/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a snapshot must be before it may replace what a node serves. Pure: no file, no network. */
package io.cadastre.node.guard;
