/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is left of a node's files when a sync is killed, fails on its way or meets usermod. */
package io.cadastre.node.fault;
