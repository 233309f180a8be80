/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the search for a free slot stands in each pool, within one change. Writes nothing, and sees
 * only the allocations that are written: {@link LedgerTransaction#isHeld} writes the buffered ones
 * first. Not thread-safe.
 *
 * <p>The first pass continues from the recorded {@code next_slot}, which only rises. Once it has
 * reached the end, a second pass visits the slots before the {@code next_slot} of the beginning:
 * some were skipped then, or are free again. The second pass is not recorded.
 */
final class SlotSearch {
  private final SlotQueries slots;
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

  /** A search that starts from the recorded positions. */
  SlotSearch(SlotQueries slots) {
    this.slots = slots;
  }

  Position of(String pool) {
    return positions.computeIfAbsent(
        pool,
        name -> {
          long recorded = slots.nextSlot(name);
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

  /** Whether an earlier query has shown that the slot is free, and nothing took it since. */
  boolean isKnownFree(String pool, long slot) {
    return gaps.getOrDefault(pool, Gap.NONE).contains(slot);
  }

  /**
   * Whether the slot is claimed or blocked. Finds the whole gap behind a free slot, so that {@link
   * #isKnownFree} answers for its other slots: no other change takes a slot meanwhile.
   */
  boolean isHeld(String pool, long slot) {
    long held = slots.firstHeld(pool, slot).orElse(Long.MAX_VALUE);
    gaps.put(pool, new Gap(slot, held));
    return held == slot;
  }

  /** The first free slot after {@code held}, which is not free; it may lie beyond the pool. */
  long nextFree(String pool, long held) {
    return slots.nextFree(pool, held);
  }

  /** Why the slot is held: the allocation that claims it, or what blocks it; empty if free. */
  Optional<BlockReason> holder(String pool, long slot) {
    return slots.holder(pool, slot);
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
