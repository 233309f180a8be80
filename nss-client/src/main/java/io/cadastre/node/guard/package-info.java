/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The rules that a snapshot must pass before it may replace what a node serves. Pure: may not open
 * a file or use the network.
 */
package io.cadastre.node.guard;
