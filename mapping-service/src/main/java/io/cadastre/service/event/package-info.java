/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Events: the record of each change to the ledger, its audit context, its JSON form and the hash
 * chain. Values and pure functions only: the package opens no file or connection and knows no other
 * package of the service but {@code failure} and {@code access}. The tables belong to {@code
 * io.cadastre.service.ledger}.
 */
package io.cadastre.service.event;
