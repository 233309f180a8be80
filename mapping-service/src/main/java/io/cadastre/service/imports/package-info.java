/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Judges the subuid(5) and subgid(5) files that nodes have already: which of their ranges can be
 * pinned as they are, and why the others cannot. Pure: what is known of owners and of the ledger is
 * given as functions.
 */
package io.cadastre.service.imports;
