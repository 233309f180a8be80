/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Programs that read /etc/subuid themselves, on a node in each mode: what check N30 and
 * docs/nodes.md say of them, and what the real programs do.
 */
package io.cadastre.node.consumers;
