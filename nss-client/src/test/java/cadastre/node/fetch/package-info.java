/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Services that hang, drip or are no services. */
package cadastre.node.fetch;
