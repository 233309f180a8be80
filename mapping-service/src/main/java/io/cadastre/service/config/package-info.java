/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The configuration file: its settings, their defaults and bounds, and the checks that need several
 * settings at once. Opens no connection and no database, and imports neither registry nor
 * directory. Of the ledger it calls only the check of the pools. UnboundID's SDK is used to check
 * the syntax of DNs and filters only.
 */
package io.cadastre.service.config;
