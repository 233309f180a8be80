/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The file tree of a node: reads, locks and replaces files. Every file of the tree is opened here,
 * and nowhere else in {@code io.cadastre.node}. The package knows bytes and paths; it may not know
 * snapshots, settings or the network.
 */
package io.cadastre.node.tree;
