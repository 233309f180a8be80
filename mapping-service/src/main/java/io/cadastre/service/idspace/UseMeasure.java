/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import java.util.Collection;

/**
 * Counts the IDs of cells by their use, exactly. Takes as long as the ranges in the cells are many:
 * a million of them some tens of milliseconds.
 */
public final class UseMeasure {
  private final Allocated allocated;
  private final Ground ground;

  /** The allocated ranges of one ID space, which never overlap. */
  public interface Allocated {
    /** Hands on each range that has an ID of {@code within}, ascending. */
    void forEach(IdRange within, Range work);
  }

  /** Takes an allocated range. */
  public interface Range {
    /** Takes the range from {@code first} to {@code last}, both inclusive. */
    void accept(long first, long last, AllocationState state);
  }

  /**
   * A measure of one ID space.
   *
   * @param allocated the ranges of allocations
   * @param pools the pools
   * @param blocked the IDs of slots that are never allocated
   * @param foreign the ranges that the ledger does not own; they may overlap anything
   */
  public UseMeasure(
      Allocated allocated,
      Collection<Pool> pools,
      Collection<IdRange> blocked,
      Collection<IdRange> foreign) {
    this.allocated = allocated;
    ground = Ground.of(pools, blocked, foreign);
  }

  /** Counts the IDs of a cell. */
  public UseCount of(IdCell cell) {
    UseCount counts = new UseCount();
    cell.parts().forEach(part -> count(part, counts));
    return counts;
  }

  @SuppressWarnings("EnumOrdinal") // only as an index: a map would box a number a million times
  private void count(IdRange part, UseCount counts) {
    long[] byState = new long[AllocationState.values().length];
    long[] next = {part.start()};
    allocated.forEach(
        part,
        (first, last, state) -> {
          if (first > next[0]) {
            ground.count(next[0], first - 1, counts);
          }
          long from = Math.max(first, part.start());
          long to = Math.min(last, part.last());
          byState[state.ordinal()] += to - from + 1;
          next[0] = to + 1;
        });
    ground.count(next[0], part.last(), counts);
    for (AllocationState state : AllocationState.values()) {
      if (byState[state.ordinal()] > 0) {
        counts.add(IdUse.of(state), byState[state.ordinal()]);
      }
    }
  }
}
