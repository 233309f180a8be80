/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

/**
 * An owner whose entries may not equal the ledger.
 *
 * @param stableId whose
 * @param generation grows with every change to him
 */
public record OutboxEntry(String stableId, long generation) {}
