/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ledger: the allocation of ranges to owners in one SQL database, and the hash-chained events
 * of every change. Owns all SQL, JDBI and the migrations; no other package may import them. Knows
 * no LDAP and no HTTP.
 *
 * <p>{@code ...Queries} read. {@code ...Writer} and {@code ...Table} write. A change of allocations
 * is a {@link io.cadastre.service.ledger.LedgerTransaction}. Only these write the tables without
 * one: the first event, a replay, a settlement, the removal of published owners from the outbox,
 * and the reports of nodes. A check or comparison uses {@code LedgerHeadTable} to read and lock the
 * head.
 */
package io.cadastre.service.ledger;
