/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.PoolCounts;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A pool and how full it is, in slots.
 *
 * @param count IDs per slot
 * @param strategy next-free or deterministic
 * @param uidFirst the uid that has the first slot of a deterministic pool
 * @param size all slots: used, retired, blocked and free ones
 * @param used slots of active and withheld allocations
 * @param retired slots of retired and superseded allocations
 * @param blocked never allocated
 * @param fullOn the day (UTC) on which no slot is left at the rate of the last 90 days; absent
 *     under 10 allocations
 */
public record PoolJson(
    String name,
    long count,
    String strategy,
    Optional<Long> uidFirst,
    List<SegmentJson> segments,
    long size,
    long used,
    long retired,
    long blocked,
    long free,
    Optional<LocalDate> fullOn) {

  /**
   * A part of a pool.
   *
   * @param first the first ID
   * @param last the last ID, inclusive
   */
  public record SegmentJson(long first, long last) {}

  /** The answer that tells of this pool. */
  public static PoolJson of(PoolCounts use) {
    Pool pool = use.pool();
    boolean deterministic = pool.strategy() == Strategy.DETERMINISTIC;
    return new PoolJson(
        pool.name(),
        pool.count(),
        deterministic ? "deterministic" : "next-free",
        deterministic ? Optional.of(pool.uidFirst()) : Optional.empty(),
        pool.segments().stream().map(s -> new SegmentJson(s.start(), s.last())).toList(),
        use.slots(),
        use.used(),
        use.retired(),
        use.blocked(),
        use.free(),
        use.fullOn());
  }
}
