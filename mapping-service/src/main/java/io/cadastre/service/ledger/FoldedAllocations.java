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
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Folds events into allocations and checks that a ledger could have written them: ranges never
 * overlap and never change, an owner has one allocation that counts, and an allocation on the grid
 * of its pool claims a slot. Not thread-safe.
 */
final class FoldedAllocations {
  private final Map<UUID, Allocation> byId = new LinkedHashMap<>();
  private final Map<String, UUID> counting = new HashMap<>();
  private final Map<IdType, TreeMap<Long, UUID>> starts = new EnumMap<>(IdType.class);
  private final Map<Slot, UUID> claims = new LinkedHashMap<>();
  private final Map<String, Long> nextSlots = new HashMap<>();
  private final GrantDays grantDays = new GrantDays();

  /** A slot of a pool. */
  record Slot(String pool, long number) {
    @Override
    public String toString() {
      return "slot " + number + " of pool " + pool;
    }
  }

  FoldedAllocations() {
    for (IdType type : IdType.values()) {
      starts.put(type, new TreeMap<>());
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
    Optional<Allocation> known = Optional.ofNullable(byId.get(after.id()));
    check(event, known, after);
    Optional<Pool> pool = after.pool().map(name -> pool(event, name, pools));
    if (known.isEmpty()) {
      for (IdType type : IdType.values()) {
        checkFree(event, type, after);
      }
      starts.forEach((type, ids) -> ids.put(after.range(type).start(), after.id()));
      pool.ifPresent(p -> claim(p, after, kind));
      if (kind == EventKind.ALLOCATE) {
        pool.ifPresent(p -> grantDays.add(p.name(), Instant.parse(event.at())));
      }
    }
    known
        .filter(FoldedAllocations::counts)
        .ifPresent(before -> counting.remove(before.owner().stableId()));
    if (counts(after)) {
      counting.put(after.owner().stableId(), after.id());
    }
    byId.put(after.id(), after);
  }

  private static boolean counts(Allocation allocation) {
    return allocation.state() != AllocationState.SUPERSEDED;
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
    Optional.ofNullable(counting.get(after.owner().stableId()))
        .filter(other -> counts(after) && !other.equals(after.id()))
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
    Optional.ofNullable(
            starts.getOrDefault(type, new TreeMap<>()).floorEntry(granted.range(type).last()))
        .map(entry -> byId.get(entry.getValue()))
        .filter(other -> other.range(type).overlaps(granted.range(type)))
        .ifPresent(
            other -> {
              throw refused(
                  event,
                  "has the %s range %s, which overlaps %s of allocation %s"
                      .formatted(type.word(), granted.range(type), other.range(type), other.id()));
            });
  }

  private void claim(Pool pool, Allocation granted, EventKind kind) {
    pool.slotOf(granted.uidRange())
        .ifPresent(
            slot -> {
              claims.put(new Slot(pool.name(), slot), granted.id());
              if (kind == EventKind.ALLOCATE && pool.strategy() == Strategy.NEXT_FREE) {
                nextSlots.merge(pool.name(), slot + 1, Math::max);
              }
            });
  }

  /** Adds the release of a foreign range: the counters went back to the slots that it freed. */
  void release(ReleasedRange released) {
    released
        .freed()
        .forEach(
            freed ->
                nextSlots.computeIfPresent(freed.pool(), (p, n) -> Math.min(n, freed.first())));
  }

  /** All allocations, oldest first. */
  Collection<Allocation> all() {
    return byId.values();
  }

  /** The allocation with this id. */
  Optional<Allocation> byId(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The slots that allocations claim. */
  List<Claim> claims() {
    return claims.entrySet().stream()
        .map(claim -> new Claim(claim.getKey().pool(), claim.getKey().number(), claim.getValue()))
        .toList();
  }

  /** The slots that allocations claim, and the allocations that claim them. */
  Map<Slot, UUID> claimants() {
    return Map.copyOf(claims);
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
    Set<UUID> claimed = new HashSet<>(claims.values());
    return byId.values().stream()
        .filter(a -> !claimed.contains(a.id()) || !a.uidRange().equals(a.gidRange()))
        .toList();
  }
}
