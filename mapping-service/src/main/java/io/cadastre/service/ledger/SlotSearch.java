/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Where the search for a free slot stands in each pool, within one change. Not thread-safe.
 *
 * <p>The first pass continues from the recorded {@code next_slot}, which only rises. Once it has
 * reached the end, a second pass visits the slots before the {@code next_slot} of the beginning:
 * some were skipped then, or are free again. The second pass is not recorded.
 */
final class SlotSearch {
  private final Handle handle;
  private final SlotQueries pools;
  private final AllocationWriter writer;
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, Gap> gaps = new HashMap<>();

  /**
   * A position in a pool.
   *
   * @param begun where the first pass began and the second pass ends
   * @param next where the first pass continues
   * @param again where the second pass continues
   */
  record Position(long begun, long next, long again) {
    private Position after(Position earlier) {
      return new Position(
          Math.min(begun, earlier.begun),
          Math.max(next, earlier.next),
          Math.max(again, earlier.again));
    }
  }

  /** Free slots: from {@code from} to the one before {@code held}. */
  private record Gap(long from, long held) {
    private static final Gap NONE = new Gap(0, 0);

    boolean contains(long slot) {
      return slot >= from && slot < held;
    }
  }

  /** A search that sees the allocations that {@code writer} buffers. */
  SlotSearch(Handle handle, SlotQueries pools, AllocationWriter writer) {
    this.handle = handle;
    this.pools = pools;
    this.writer = writer;
  }

  Position of(String pool) {
    return positions.computeIfAbsent(
        pool,
        name -> {
          long recorded = pools.nextSlot(name);
          return new Position(recorded, recorded, 0);
        });
  }

  void setNext(String pool, long slot) {
    positions.put(pool, new Position(of(pool).begun(), slot, of(pool).again()));
  }

  void setAgain(String pool, long slot) {
    positions.put(pool, new Position(of(pool).begun(), of(pool).next(), slot));
  }

  /** Continues from where an earlier change stood that was rolled back. */
  void startFrom(Map<String, Position> earlier) {
    earlier.forEach((pool, position) -> positions.put(pool, of(pool).after(position)));
  }

  /** The positions in the pools that were searched. */
  Map<String, Position> positions() {
    return Map.copyOf(positions);
  }

  /** Records where the first passes stand. */
  void write() {
    positions.forEach(
        (pool, position) ->
            handle
                .createUpdate("UPDATE pool SET next_slot = :slot WHERE name = :pool")
                .bind("slot", position.next())
                .bind("pool", pool)
                .execute());
  }

  /**
   * Whether the slot is claimed, by a buffered allocation too, or blocked. Queries once a gap, not
   * once a slot: no other change takes a slot meanwhile.
   */
  boolean isHeld(String pool, long slot) {
    if (gaps.getOrDefault(pool, Gap.NONE).contains(slot)) {
      return false;
    }
    writer.flush();
    long held = pools.firstHeld(pool, slot).orElse(Long.MAX_VALUE);
    gaps.put(pool, new Gap(slot, held));
    return held == slot;
  }

  /** The first free slot after {@code held}, which is not free; it may lie beyond the pool. */
  long nextFree(String pool, long held) {
    writer.flush();
    return pools.nextFree(pool, held);
  }

  /** Why the slot is held: the allocation that claims it, or what blocks it; empty if free. */
  Optional<BlockReason> holder(String pool, long slot) {
    writer.flush();
    return pools.holder(pool, slot);
  }

  /** Excludes a slot that is about to be held, and those below it, from the known free ones. */
  void exclude(String pool, long slot) {
    gaps.computeIfPresent(
        pool, (name, gap) -> gap.contains(slot) ? new Gap(slot + 1, gap.held()) : gap);
  }

  /** Forgets which slots are free, after slots were blocked. */
  void forgetFree() {
    gaps.clear();
  }
}
