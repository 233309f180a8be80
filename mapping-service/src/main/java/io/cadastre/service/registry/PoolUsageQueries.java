/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.HeldSlots;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts the slots of pools and estimates when a pool is full. Thread-safe. */
public final class PoolUsageQueries {
  private static final Duration LOOK_BACK = Duration.ofDays(90);
  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final int FEWEST_GRANTS = 10;

  /** A day with more than so many times the median of the others is a bulk load. */
  private static final int BULK = 10;

  private static final long FARTHEST_DAYS = 365_000;

  private final Ledger ledger;
  private final Clock clock;

  /** Queries on the pools of this ledger. */
  public PoolUsageQueries(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Returns all pools, the default first. */
  public List<PoolCounts> all() {
    return ledger.read(queries -> queries.pools().stream().map(p -> counts(queries, p)).toList());
  }

  /**
   * Returns the pool with this name.
   *
   * @throws Refused if there is none
   */
  public PoolCounts named(String name) {
    return ledger.read(
        queries ->
            queries
                .pool(name)
                .map(pool -> counts(queries, pool))
                .orElseThrow(() -> unknown(queries)));
  }

  private static Refused unknown(LedgerQueries queries) {
    return new Refused(
        RefusalCode.UNKNOWN_POOL,
        "there is no such pool; the pools are "
            + queries.pools().stream().map(Pool::name).collect(Collectors.joining(", ")));
  }

  private PoolCounts counts(LedgerQueries queries, Pool pool) {
    HeldSlots held = queries.heldSlots(pool.name());
    long used = held.in(AllocationState.ACTIVE) + held.in(AllocationState.WITHHELD);
    long retired = held.in(AllocationState.RETIRED) + held.in(AllocationState.SUPERSEDED);
    long blocked = held.blocked();
    long free = pool.slots() - used - retired - blocked;
    Instant now = clock.instant();
    return new PoolCounts(
        pool,
        pool.slots(),
        used,
        retired,
        blocked,
        free,
        fullOn(free, queries.grantsSince(pool.name(), now.minus(LOOK_BACK)), used + retired, now));
  }

  /**
   * Estimates the day on which no slot is left, by the mean rate of the last 90 days, or since the
   * first allocation in a younger pool. Bulk loads are no pace and are left out. Empty with too few
   * allocations, with those of a single day, or for a day too far away.
   *
   * @param grants the times of allocations in the last 90 days, in the order of their events; a
   *     clock that was set wrong can have dated some of them in the future
   * @param ever how many slots were allocated at any time
   */
  static Optional<LocalDate> fullOn(long free, List<Instant> grants, long ever, Instant now) {
    List<Instant> past = grants.stream().filter(at -> !at.isAfter(now)).sorted().toList();
    if (past.isEmpty()) {
      return Optional.empty();
    }
    long usual = withoutBulkLoads(past);
    if (usual < FEWEST_GRANTS) {
      return Optional.empty();
    }
    Duration sinceFirst = Duration.between(past.get(0), now);
    Duration observed =
        ever > past.size() ? LOOK_BACK : sinceFirst.compareTo(SHORTEST) < 0 ? SHORTEST : sinceFirst;
    double days = (double) free / usual * observed.toSeconds() / 86_400;
    return days > FARTHEST_DAYS
        ? Optional.empty()
        : Optional.of(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays((long) days));
  }

  /**
   * How many of these were no bulk load. A day (UTC) is one if it has over ten times as many as the
   * median of the days with allocations. A single day shows no pace.
   */
  private static long withoutBulkLoads(List<Instant> grants) {
    List<Long> days =
        grants.stream()
            .collect(
                Collectors.groupingBy(
                    at -> LocalDate.ofInstant(at, ZoneOffset.UTC), Collectors.counting()))
            .values()
            .stream()
            .sorted()
            .toList();
    long median = days.get((days.size() - 1) / 2);
    return days.size() == 1
        ? 0
        : days.stream().filter(count -> count <= BULK * median).mapToLong(Long::longValue).sum();
  }
}
