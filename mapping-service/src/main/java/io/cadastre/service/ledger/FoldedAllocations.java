/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.ledger.AllocationWriter.Claim;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Folds events into allocations and checks that a ledger could have written them: ranges never
 * overlap and never change, an owner has one allocation that counts, and an allocation on the grid
 * of its pool claims a slot. Not thread-safe.
 */
final class FoldedAllocations {
  private static final long NO_SLOT = -1;

  private final NumberedAllocations all = new NumberedAllocations();

  /** By number: the slot that the allocation claims. */
  private long[] slots = new long[1024];

  private final Map<String, Long> nextSlots = new HashMap<>();
  private final GrantDays grantDays = new GrantDays();

  /** A slot of a pool. */
  record Slot(String pool, long number) {
    @Override
    public String toString() {
      return "slot " + number + " of pool " + pool;
    }
  }

  /**
   * Adds an event about an allocation.
   *
   * @param revision the revision of the event
   * @throws IllegalArgumentException if no ledger could have written the event; nothing was added
   */
  void take(Event event, long revision, EventKind kind, List<Pool> pools) {
    Allocation after = AllocationRecord.after(event, revision);
    Optional<Allocation> known = byId(after.id());
    check(event, known, after);
    Optional<Pool> pool = after.pool().map(name -> pool(event, name, pools));
    if (known.isEmpty()) {
      for (IdType type : IdType.values()) {
        checkFree(event, type, after);
      }
      add(after, pool.map(p -> claimed(p, after, kind)).orElse(NO_SLOT));
      if (kind == EventKind.ALLOCATE) {
        pool.ifPresent(p -> grantDays.add(p.name(), Instant.parse(event.at())));
      }
    }
    known.ifPresent(before -> all.set(all.number(before.id()), after));
  }

  private void add(Allocation added, long slot) {
    int number = all.add(added);
    if (number == slots.length) {
      slots = Arrays.copyOf(slots, 2 * number);
    }
    slots[number] = slot;
  }

  private void check(Event event, Optional<Allocation> known, Allocation after) {
    if (!event.allocation().equals(Optional.of(after.id()))
        || !event.owner().equals(Optional.of(after.owner().name().value()))) {
      throw refused(event, "names another allocation or owner than its state has");
    }
    if (event.before().isPresent() != known.isPresent()) {
      throw refused(
          event,
          known.isPresent() ? "grants it again" : "changes it, and no event before has granted it");
    }
    if (after.serial() > event.serial()) {
      throw refused(event, "gives it the serial %d, above the ledger's".formatted(after.serial()));
    }
    known
        .filter(
            before ->
                !before.uidRange().equals(after.uidRange())
                    || !before.gidRange().equals(after.gidRange()))
        .ifPresent(
            before -> {
              throw refused(
                  event,
                  "moves its ranges from %s, %s to %s, %s"
                      .formatted(
                          before.uidRange(),
                          before.gidRange(),
                          after.uidRange(),
                          after.gidRange()));
            });
    Optional.of(after)
        .filter(NumberedAllocations::counts)
        .flatMap(counts -> all.counting(counts.owner().stableId()))
        .map(Allocation::id)
        .filter(other -> !other.equals(after.id()))
        .ifPresent(
            other -> {
              throw refused(
                  event,
                  "gives the owner %s a second allocation that counts, beside %s"
                      .formatted(after.owner().stableId(), other));
            });
  }

  private static IllegalArgumentException refused(Event event, String what) {
    return new IllegalArgumentException(
        "event %d, allocation %s: it %s"
            .formatted(event.seq(), event.allocation().orElseThrow(), what));
  }

  private static Pool pool(Event event, String name, List<Pool> pools) {
    return pools.stream()
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> refused(event, "is of pool %s, which no event has recorded".formatted(name)));
  }

  private void checkFree(Event event, IdType type, Allocation granted) {
    all.byNumber(all.startingUpTo(type, granted.range(type).last()))
        .filter(other -> other.range(type).overlaps(granted.range(type)))
        .ifPresent(
            other -> {
              throw refused(
                  event,
                  "has the %s range %s, which overlaps %s of allocation %s"
                      .formatted(type.word(), granted.range(type), other.range(type), other.id()));
            });
  }

  private long claimed(Pool pool, Allocation granted, EventKind kind) {
    long slot = pool.slotOf(granted.uidRange()).orElse(NO_SLOT);
    if (slot != NO_SLOT && kind == EventKind.ALLOCATE && pool.strategy() == Strategy.NEXT_FREE) {
      nextSlots.merge(pool.name(), slot + 1, Math::max);
    }
    return slot;
  }

  /** Adds the release of a foreign range: the counters went back to the slots that it freed. */
  void release(ReleasedRange released) {
    released
        .freed()
        .forEach(
            freed ->
                nextSlots.computeIfPresent(freed.pool(), (p, n) -> Math.min(n, freed.first())));
  }

  /** How many allocations there are; their numbers are below it, oldest first. */
  int size() {
    return all.size();
  }

  /** The same for the same allocations in any order. */
  long fingerprint() {
    return all.fingerprint();
  }

  /** The allocation with this number. */
  Allocation get(int number) {
    return all.get(number);
  }

  /** The number of the allocation with this id; -1 if there is none. */
  int number(UUID id) {
    return all.number(id);
  }

  /** The allocation with this id. */
  Optional<Allocation> byId(UUID id) {
    return all.byNumber(all.number(id));
  }

  /** The slots that allocations claim. */
  List<Claim> claims() {
    return IntStream.range(0, all.size()).filter(this::isClaiming).mapToObj(this::claim).toList();
  }

  /** Whether the allocation with this number claims a slot. */
  boolean isClaiming(int number) {
    return slots[number] != NO_SLOT;
  }

  /** The slot that the allocation with this number claims. */
  Claim claim(int number) {
    Allocation claiming = all.get(number);
    return new Claim(claiming.pool().orElseThrow(), slots[number], claiming.id());
  }

  /** The number of the allocation that claims this slot; -1 if there is none. */
  int claimant(Pool pool, long slot) {
    if (slot < 0 || slot >= pool.slots()) {
      return -1;
    }
    int number = all.startingUpTo(IdType.SUBUID, pool.range(slot).start());
    return number >= 0
            && slots[number] == slot
            && all.get(number).pool().equals(Optional.of(pool.name()))
        ? number
        : -1;
  }

  /** The lowest possible {@code next_slot} of each {@code next-free} pool. */
  Map<String, Long> nextSlots() {
    return nextSlots;
  }

  /** The allocations by pool and day. */
  GrantDays grantDays() {
    return grantDays;
  }

  /** The allocations that touch slots without a claim: off the grid, or with two ranges. */
  List<Allocation> offGrid() {
    return IntStream.range(0, all.size())
        .mapToObj(number -> Map.entry(number, all.get(number)))
        .filter(
            a ->
                !isClaiming(a.getKey()) || !a.getValue().uidRange().equals(a.getValue().gidRange()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
