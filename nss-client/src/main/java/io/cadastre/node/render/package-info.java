/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Renders a snapshot as the content of the node's files. Pure: text and bytes; may not open a file
 * or use the network.
 */
package io.cadastre.node.render;
