/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** One run of sync: fetch, check, render, write; and what a node serves now. */
package io.cadastre.node.sync;
