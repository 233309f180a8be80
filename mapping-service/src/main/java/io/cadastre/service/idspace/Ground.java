/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange.Claim;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The use of each ID that no allocation has. Immutable. */
final class Ground {
  private final long[] starts;
  private final IdUse[] uses;

  private Ground(NavigableMap<Long, IdUse> stretches) {
    starts = stretches.keySet().stream().mapToLong(Long::longValue).toArray();
    uses = stretches.values().toArray(IdUse[]::new);
  }

  /**
   * The ground of these pools.
   *
   * @param blocked the IDs of blocked slots
   * @param foreign the ranges that the ledger does not own
   */
  static Ground of(
      Collection<Pool> pools, Collection<IdRange> blocked, Collection<IdRange> foreign) {
    NavigableMap<Long, IdUse> stretches = new TreeMap<>(Map.of(0L, IdUse.OUTSIDE));
    ReservedIds.TABLE.stream()
        .filter(reserved -> reserved.claim() == Claim.FORBIDDEN)
        .forEach(reserved -> paint(stretches, reserved.ids(), IdUse.FORBIDDEN));
    pools.forEach(pool -> pool.segments().forEach(ids -> paint(stretches, ids, IdUse.FREE)));
    blocked.forEach(ids -> paint(stretches, ids, IdUse.BLOCKED));
    foreign.forEach(ids -> paint(stretches, ids, IdUse.FOREIGN));
    return new Ground(stretches);
  }

  private static void paint(NavigableMap<Long, IdUse> stretches, IdRange ids, IdUse use) {
    IdUse after = stretches.floorEntry(ids.last() + 1).getValue();
    stretches.subMap(ids.start(), true, ids.last(), true).clear();
    stretches.put(ids.start(), use);
    stretches.put(ids.last() + 1, after);
  }

  /** Adds the IDs from {@code from} to {@code to}, both inclusive, to the counts by use. */
  void count(long from, long to, UseCount counts) {
    int at = Arrays.binarySearch(starts, from);
    at = at < 0 ? -at - 2 : at;
    for (long next = from; next <= to; at++) {
      long end = at + 1 < starts.length ? Math.min(starts[at + 1] - 1, to) : to;
      counts.add(uses[at], end - next + 1);
      next = end + 1;
    }
  }
}
