/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The tokens that are valid now: those of the ledger, held in memory, and the one of the bootstrap
 * file. It reads the ledger's tokens and one file; it knows no request, and changes nothing but the
 * event that a bootstrap token was used.
 */
package io.cadastre.service.token;
