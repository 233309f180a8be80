/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Tells which allocations of the ledger can matter to the judgement of entries: those with the id,
 * the stable id, the name or the uid of an entry, or with an ID of its ranges. So few entries are
 * judged without a copy of the ledger. Immutable.
 */
public final class RelatedAllocations implements Predicate<Allocation> {
  private final Set<Object> keys = new HashSet<>();

  /** By the first ID, the last one of ranges that are joined where they overlap. */
  private final Map<IdType, TreeMap<Long, Long>> taken = new EnumMap<>(IdType.class);

  /** Those that are related to one of these entries. */
  public RelatedAllocations(Collection<PublishedAllocation> entries) {
    for (IdType type : IdType.values()) {
      TreeMap<Long, Long> joined = new TreeMap<>();
      entries.forEach(entry -> join(joined, entry.allocation().range(type)));
      taken.put(type, joined);
    }
    for (PublishedAllocation entry : entries) {
      Owner owner = entry.allocation().owner();
      keys.add(entry.allocation().id());
      keys.add(owner.stableId());
      keys.add(owner.name());
      keys.add(owner.uidNumber());
    }
  }

  private static void join(TreeMap<Long, Long> joined, IdRange range) {
    long start = range.start();
    long last = range.last();
    for (var other = joined.floorEntry(last);
        other != null && other.getValue() >= start;
        other = joined.floorEntry(last)) {
      start = Math.min(start, other.getKey());
      last = Math.max(last, other.getValue());
      joined.remove(other.getKey());
    }
    joined.put(start, last);
  }

  @Override
  public boolean test(Allocation allocation) {
    Owner owner = allocation.owner();
    return keys.contains(allocation.id())
        || keys.contains(owner.stableId())
        || keys.contains(owner.name())
        || keys.contains(owner.uidNumber())
        || isTaken(IdType.SUBUID, allocation.uidRange())
        || isTaken(IdType.SUBGID, allocation.gidRange());
  }

  private boolean isTaken(IdType type, IdRange range) {
    var before = Objects.requireNonNull(taken.get(type)).floorEntry(range.last());
    return before != null && before.getValue() >= range.start();
  }
}
