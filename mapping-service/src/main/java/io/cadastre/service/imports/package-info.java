/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Judges ranges that come from outside the ledger: the subuid(5) and subgid(5) files of nodes,
 * which an import pins, and the entries of the directory, which an adoption takes over. Pure: the
 * caller passes the facts about owners and the ledger.
 */
package io.cadastre.service.imports;
