/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a snapshot looks like in the node's files. Pure: text and bytes, no file. */
package io.cadastre.node.render;
