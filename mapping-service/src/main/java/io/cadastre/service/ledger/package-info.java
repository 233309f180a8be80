/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ledger: the allocation of ranges to owners in one SQL database, and the hash-chained events
 * of every change. Owns all SQL, JDBI and the migrations; no other package may import them. Knows
 * no LDAP and no HTTP.
 *
 * <p>{@code ...Queries} read. {@code ...Writer} and {@code ...Table} write, and only a {@link
 * io.cadastre.service.ledger.LedgerTransaction}, a replay or a settlement uses them.
 */
package io.cadastre.service.ledger;
