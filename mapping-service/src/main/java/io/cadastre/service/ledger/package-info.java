/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ledger: who owns which range, in one SQL database, and the hash-chained events of every
 * change. Owns all SQL, JDBI and the migrations; no other package may import them. Knows no LDAP
 * and no HTTP.
 */
package io.cadastre.service.ledger;
