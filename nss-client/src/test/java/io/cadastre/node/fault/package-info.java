/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The files of a node after a sync that was killed or failed, and after other programs changed
 * them.
 */
package io.cadastre.node.fault;
