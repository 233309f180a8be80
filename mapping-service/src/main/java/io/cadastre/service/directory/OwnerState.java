/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Allocation;
import java.util.List;

/**
 * The records of the ledger about one owner, which the directory is to show.
 *
 * @param stableId the stable id of the owner
 * @param allocations all allocations of the owner, at most one of them active
 */
public record OwnerState(String stableId, List<Allocation> allocations) {
  /** Copies the list. */
  public OwnerState {
    allocations = List.copyOf(allocations);
  }
}
