/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The service, as a node sees it. The only package that touches the network. */
package io.cadastre.node.fetch;
