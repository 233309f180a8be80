/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

/** A slot that no allocation may claim. */
public record BlockedSlot(String pool, long slot, BlockReason reason) {}
