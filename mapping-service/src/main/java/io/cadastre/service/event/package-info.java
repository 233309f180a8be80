/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Events: what the ledger records about each change, who asked for it, the JSON form, and the chain
 * of hashes. Values and pure functions only; the tables belong to {@code
 * io.cadastre.service.ledger}.
 */
package io.cadastre.service.event;
