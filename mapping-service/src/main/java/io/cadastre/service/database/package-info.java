/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The database of the ledger: its file, its settings, whether it exists, and its compaction. The
 * tables belong to {@code io.cadastre.service.ledger}; the package reads them by {@code ledger}
 * only, and knows neither registry nor directory.
 */
package io.cadastre.service.database;
