/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

/**
 * An owner whose entries may not equal the ledger.
 *
 * @param stableId whose
 * @param generation grows with every change to him
 */
public record DirtyOwner(String stableId, long generation) {}
