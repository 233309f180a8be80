/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.ArrayList;
import java.util.List;

/**
 * The new allocations of one change. They are written many at a time, which costs a third of
 * writing each by itself: before anything else is asked or changed, and at the end. Not
 * thread-safe.
 */
final class AllocationWriter {
  private final LedgerQueries queries;
  private final SlotBlocks blocks;
  private final List<Grant> waiting = new ArrayList<>();

  AllocationWriter(LedgerQueries queries, SlotBlocks blocks) {
    this.queries = queries;
    this.blocks = blocks;
  }

  /**
   * Adds one; one off the grid is written now, because it blocks the slots that it touches. So is
   * one that is adopted.
   */
  void add(Grant grant) {
    waiting.add(grant);
    grant
        .slot()
        .ifPresent(slot -> queries.slots.taken(grant.allocation().pool().orElseThrow(), slot));
    if (!grant.isOnGrid() || grant.adopted()) {
      write();
    }
  }

  /** Whether the slot is claimed, by one of these too, or blocked. */
  boolean isHeld(String pool, long slot) {
    if (queries.slots.isKnownFree(pool, slot)) {
      return false;
    }
    write();
    return queries.slots.isHeld(pool, slot);
  }

  /**
   * Writes those that are not written.
   *
   * @throws InvariantBroken if a range overlaps a known one or that of another of them
   */
  void write() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Grant> grants = List.copyOf(waiting);
    waiting.clear();
    List<Allocation> allocations = grants.stream().map(Grant::allocation).toList();
    boolean adopted = grants.stream().allMatch(Grant::adopted);
    for (IdType type : IdType.values()) {
      checkFree(type, allocations.stream().map(a -> a.range(type)).sorted().toList(), adopted);
    }
    queries.allocations.insert(allocations);
    grants.stream().filter(Grant::adopted).forEach(this::unblock);
    queries.slots.claim(grants.stream().filter(grant -> grant.slot().isPresent()).toList());
    grants.stream()
        .filter(grant -> !grant.isOnGrid())
        .forEach(grant -> blocks.touchedBy(grant.allocation()));
  }

  /** A slot may be blocked by the very entry that is now adopted. */
  private void unblock(Grant grant) {
    grant
        .slot()
        .ifPresent(slot -> queries.slots.unblock(grant.allocation().pool().orElseThrow(), slot));
  }

  /** One question for all: mostly nobody has anything between the first and the last of them. */
  private void checkFree(IdType type, List<IdRange> sorted, boolean adopted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).last() >= sorted.get(i).start()) {
        throw new InvariantBroken(
            "%s range %s overlaps %s of the same change"
                .formatted(type.word(), sorted.get(i), sorted.get(i - 1)));
      }
    }
    IdRange all = IdRange.between(sorted.get(0).start(), sorted.get(sorted.size() - 1).last());
    if (queries.overlapping(type, all).isPresent()
        || queries.slots.foreignOverlapping(type, all).isPresent()) {
      sorted.forEach(range -> checkFree(type, range, adopted));
    }
  }

  private void checkFree(IdType type, IdRange range, boolean adopted) {
    queries
        .overlapping(type, range)
        .ifPresent(
            other -> {
              throw new InvariantBroken(
                  "%s range %s overlaps %s of allocation %s"
                      .formatted(type.word(), range, other.range(type), other.id()));
            });
    queries
        .slots
        .foreignOverlapping(type, range)
        .filter(source -> !adopted)
        .ifPresent(
            source -> {
              throw new InvariantBroken(
                  "%s range %s overlaps the directory's entry %s"
                      .formatted(type.word(), range, source));
            });
  }
}
