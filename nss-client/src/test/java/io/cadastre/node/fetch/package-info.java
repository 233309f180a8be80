/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Services that hang, drip or are not Cadastre services. */
package io.cadastre.node.fetch;
