/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Judges ranges that come from outside the ledger: the subuid(5) and subgid(5) files of nodes,
 * which an import records unchanged, and the entries of the directory, which an adoption records.
 * Pure: the caller passes the facts about owners and the ledger, and the package imports no other
 * package of the service.
 */
package io.cadastre.service.imports;
