/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Packed allocations, found by id, by the owner for which they count, and by the start of a range.
 * Ids and starts never change. Not thread-safe.
 */
final class NumberedAllocations {
  private final PackedAllocations all = new PackedAllocations();
  private final NumbersByKey byId = new NumbersByKey();
  private final NumbersByKey counting = new NumbersByKey();
  private final Map<IdType, NumbersByStart> starts = new EnumMap<>(IdType.class);

  NumberedAllocations() {
    for (IdType type : IdType.values()) {
      starts.put(type, new NumbersByStart());
    }
  }

  /** Whether the allocation is the one that counts for its owner. */
  static boolean counts(Allocation allocation) {
    return allocation.state() != AllocationState.SUPERSEDED;
  }

  /** Adds an allocation; returns its number. */
  int add(Allocation added) {
    int number = all.add(added);
    byId.put(added.id().hashCode(), number, other -> false);
    starts.forEach((type, numbers) -> numbers.put(added.range(type).start(), number));
    count(number, added);
    return number;
  }

  /** Replaces the allocation with this number by one with the same id and ranges. */
  void set(int number, Allocation changed) {
    all.set(number, changed);
    count(number, changed);
  }

  private void count(int number, Allocation allocation) {
    if (counts(allocation)) {
      // One that counts no more is never looked for again: it leaves its place to this one.
      counting.put(
          allocation.owner().stableId().hashCode(), number, other -> !counts(all.get(other)));
    }
  }

  /** How many there are. */
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

  /** The allocation with this number; empty for -1. */
  Optional<Allocation> byNumber(int number) {
    return number < 0 ? Optional.empty() : Optional.of(all.get(number));
  }

  /** The number of the allocation with this id; -1 if there is none. */
  int number(UUID id) {
    return byId.find(id.hashCode(), number -> all.get(number).id().equals(id));
  }

  /** The allocation that counts for this owner. */
  Optional<Allocation> counting(String stableId) {
    return byNumber(
        counting.find(
            stableId.hashCode(),
            number -> {
              Allocation known = all.get(number);
              return counts(known) && known.owner().stableId().equals(stableId);
            }));
  }

  /** The number of the allocation whose range is the last to start at or below this ID; or -1. */
  int startingUpTo(IdType type, long id) {
    return Objects.requireNonNull(starts.get(type)).floor(id);
  }
}
