/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

/**
 * An owner whose directory entries may not equal the ledger.
 *
 * @param stableId the stable id of the owner
 * @param generation grows with every change to the owner
 */
public record OutboxEntry(String stableId, long generation) {}
