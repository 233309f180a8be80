/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.AllocationState;
import java.util.Map;

/**
 * How many slots of a pool cannot be allocated.
 *
 * @param claimed slots that allocations claim, by the state of the allocation; a state without
 *     slots is left out
 * @param blocked slots that no allocation claims and none may claim
 */
public record HeldSlots(Map<AllocationState, Long> claimed, long blocked) {
  /** Copies the map. */
  public HeldSlots {
    claimed = Map.copyOf(claimed);
  }

  /** The slots that allocations in this state claim. */
  public long in(AllocationState state) {
    return claimed.getOrDefault(state, 0L);
  }

  /** All slots that are claimed or blocked. */
  public long total() {
    return blocked + claimed.values().stream().mapToLong(Long::longValue).sum();
  }
}
