/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** JSON of what a node prints and reports. Pure: may not open a file or use the network. */
package io.cadastre.node.json;
