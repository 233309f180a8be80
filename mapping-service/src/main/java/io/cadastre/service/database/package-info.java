/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The database that the ledger is stored in: its file, the settings that it needs, whether it
 * exists, and its compaction. The tables belong to {@code io.cadastre.service.ledger}.
 */
package io.cadastre.service.database;
