/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The file tree of a node: reading, locking and replacing files. Bytes, and no domain. */
package io.cadastre.node.tree;
