/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Allocation;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing.
 *
 * @param allocations by start of their subuids
 * @param next the cursor of the next page; empty on the last
 */
public record AllocationPage(List<Allocation> allocations, Optional<Long> next) {
  /** Copies the list. */
  public AllocationPage {
    allocations = List.copyOf(allocations);
  }
}
