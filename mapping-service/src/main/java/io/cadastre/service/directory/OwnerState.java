/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Allocation;
import java.util.List;

/**
 * What the ledger says about one owner at present, and what the directory is to say as well.
 *
 * @param stableId the owner's stable id
 * @param allocations all of his allocations, at most one of them active
 */
public record OwnerState(String stableId, List<Allocation> allocations) {
  /** Copies the list. */
  public OwnerState {
    allocations = List.copyOf(allocations);
  }
}
