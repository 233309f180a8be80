/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Fetches the snapshot from the service. Only this package uses the network; files are read through
 * {@code node.tree}.
 */
package io.cadastre.node.fetch;
