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
    Walk walk = new Walk(part, counts);
    allocated.forEach(part, walk::take);
    walk.end();
  }

  /** A walk through the ranges of a part. Ranges one after another in one state are one sum. */
  private final class Walk {
    private final IdRange part;
    private final UseCount counts;

    /** The first ID that is not counted yet. */
    private long next;

    private AllocationState state = AllocationState.ACTIVE;
    private long ids;

    Walk(IdRange part, UseCount counts) {
      this.part = part;
      this.counts = counts;
      this.next = part.start();
    }

    void take(long first, long last, AllocationState ofRange) {
      if (first > next) {
        ground.count(next, first - 1, counts);
      }
      if (ofRange != state) {
        addSum();
        state = ofRange;
      }
      long to = Math.min(last, part.last());
      ids += to - Math.max(first, part.start()) + 1;
      next = to + 1;
    }

    void end() {
      addSum();
      ground.count(next, part.last(), counts);
    }

    private void addSum() {
      if (ids > 0) {
        counts.add(IdUse.of(state), ids);
      }
      ids = 0;
    }
  }
}
