/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the allocations of one pool amount to. Immutable.
 *
 * @param claimed the slots that allocations claim, by the state of the allocation; a state without
 *     slots can be left out
 */
public record PoolTally(Map<AllocationState, Long> claimed) {
  /** A pool without allocations. */
  public static final PoolTally NOTHING = new PoolTally(Map.of());

  /** The slots that allocations in this state claim. */
  public long in(AllocationState state) {
    return claimed.getOrDefault(state, 0L);
  }

  /** The tally after a change of an allocation of the pool. */
  PoolTally after(Optional<Allocation> before, Allocation after) {
    Map<AllocationState, Long> counts = new EnumMap<>(AllocationState.class);
    counts.putAll(claimed);
    before.ifPresent(b -> counts.merge(b.state(), -1L, Long::sum));
    counts.merge(after.state(), 1L, Long::sum);
    return new PoolTally(counts);
  }
}
