/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Checks a single entry against the rules of an import and against the ledger, where allocations
 * never change their ranges and never overlap.
 */
final class EntryRules {
  /** The highest serial that every JSON reader reads exactly: 2^53-1. */
  static final long MAX_SERIAL = (1L << 53) - 1;

  private final EntryFacts facts;
  private final Map<UUID, Allocation> known = new HashMap<>();
  private final Map<IdType, TreeMap<Long, Allocation>> byStart = new EnumMap<>(IdType.class);

  EntryRules(EntryFacts facts) {
    this.facts = facts;
    for (IdType type : IdType.values()) {
      TreeMap<Long, Allocation> sorted = new TreeMap<>();
      facts.known().forEach(a -> sorted.put(a.range(type).start(), a));
      byStart.put(type, sorted);
    }
    facts.known().forEach(a -> known.put(a.id(), a));
  }

  /** The ledger's allocation with the same id. */
  Optional<Allocation> known(Allocation published) {
    return Optional.ofNullable(known.get(published.id()));
  }

  /** Why the entry is refused; empty if it breaks no rule. */
  Optional<String> fault(Allocation published) {
    Optional<Allocation> recorded = known(published);
    if (recorded.isPresent() && EntryAge.isSame(recorded.get(), published)) {
      return Optional.empty();
    }
    if (published.serial() < 1 || published.serial() > MAX_SERIAL) {
      return Optional.of(
          "its serial %d does not lie in 1 to %d".formatted(published.serial(), MAX_SERIAL));
    }
    if (published.revision() < 0 || published.revision() > MAX_SERIAL) {
      return Optional.of(
          "its revision %d does not lie in 1 to %d".formatted(published.revision(), MAX_SERIAL));
    }
    return recorded.isPresent()
        ? faultOfKnown(recorded.get(), published)
        : faultOfPool(published)
            .or(() -> faultOfRanges(published))
            .or(() -> faultOfName(published));
  }

  private Optional<String> faultOfKnown(Allocation recorded, Allocation published) {
    if (!recorded.uidRange().equals(published.uidRange())
        || !recorded.gidRange().equals(published.gidRange())
        || !recorded.pool().equals(published.pool())) {
      return Optional.of(
          "it gives allocation %s subuid %s, subgid %s, pool %s; the ledger has recorded subuid %s, subgid %s, pool %s, which never change"
              .formatted(
                  published.id(),
                  published.uidRange(),
                  published.gidRange(),
                  pool(published),
                  recorded.uidRange(),
                  recorded.gidRange(),
                  pool(recorded)));
    }
    boolean newer = !EntryAge.isBehind(published, recorded);
    if (newer && isAnother(recorded.owner(), published.owner())) {
      return Optional.of(
          "it gives allocation %s to %s (uid %d); the ledger has recorded %s (uid %d), and neither the stable id nor the name nor the uid is the same"
              .formatted(
                  published.id(),
                  published.owner().name(),
                  published.owner().uidNumber(),
                  recorded.owner().name(),
                  recorded.owner().uidNumber()));
    }
    if (newer
        && recorded.state() == AllocationState.SUPERSEDED
        && published.state() != AllocationState.SUPERSEDED) {
      return Optional.of(
          "its state is %s; the ledger has recorded allocation %s as superseded, which is for good"
              .formatted(published.state().word(), published.id()));
    }
    return newer && !recorded.owner().name().equals(published.owner().name())
        ? faultOfName(published)
        : Optional.empty();
  }

  /** Whether stable id, name and uid all differ. No change of an owner does that. */
  private static boolean isAnother(Owner recorded, Owner published) {
    return !recorded.stableId().equals(published.stableId())
        && !recorded.name().equals(published.name())
        && recorded.uidNumber() != published.uidNumber();
  }

  private static String pool(Allocation a) {
    return a.pool().map("\"%s\""::formatted).orElse("none");
  }

  private Optional<String> faultOfName(Allocation published) {
    return facts.reservedNames().contains(published.owner().name())
        ? Optional.of("the name %s is reserved".formatted(published.owner().name()))
        : Optional.empty();
  }

  private Optional<String> faultOfPool(Allocation published) {
    if (published.pool().isEmpty()) {
      return Optional.empty();
    }
    String name = published.pool().get();
    Optional<Pool> pool = facts.pools().stream().filter(p -> p.name().equals(name)).findFirst();
    if (pool.isEmpty()) {
      return Optional.of(
          "it is of the pool \"%s\", which the ledger has not recorded".formatted(shortened(name)));
    }
    return published.uidRange().equals(published.gidRange())
            && pool.get().slotOf(published.uidRange()).isPresent()
        ? Optional.empty()
        : Optional.of(
            "subuid %s and subgid %s are not one slot of its pool %s"
                .formatted(published.uidRange(), published.gidRange(), name));
  }

  private static String shortened(String text) {
    return text.length() <= 63 ? text : text.substring(0, 63) + "...";
  }

  private Optional<String> faultOfRanges(Allocation published) {
    for (IdType type : IdType.values()) {
      IdRange range = published.range(type);
      var forbidding = ReservedIds.forbidding(range, facts.accepted());
      if (!forbidding.isEmpty()) {
        return Optional.of(
            "%s %s touches the reserved IDs %s".formatted(type.word(), range, forbidding.get(0)));
      }
      Optional<Allocation> other = overlapping(type, range);
      if (other.isPresent()) {
        return Optional.of(
            "%s %s overlaps %s, which the ledger has given to %s (allocation %s)"
                .formatted(
                    type.word(),
                    range,
                    other.get().range(type),
                    other.get().owner().name(),
                    other.get().id()));
      }
    }
    return Optional.empty();
  }

  /** Only the last range that starts at or before the end of this one can overlap it. */
  private Optional<Allocation> overlapping(IdType type, IdRange range) {
    return Optional.ofNullable(Objects.requireNonNull(byStart.get(type)).floorEntry(range.last()))
        .map(Map.Entry::getValue)
        .filter(a -> a.range(type).overlaps(range));
  }
}
