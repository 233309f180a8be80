/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Services that hang, drip or are no services. */
package io.cadastre.node.fetch;
