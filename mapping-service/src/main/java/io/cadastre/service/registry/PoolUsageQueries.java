/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.view.CurrentView;
import io.cadastre.service.view.LedgerView;
import io.cadastre.service.view.PoolTally;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the slots of pools and estimates when a pool is full. Thread-safe. */
public final class PoolUsageQueries {
  private static final Duration LOOK_BACK = Duration.ofDays(90);
  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final int FEWEST_GRANTS = 10;

  /** A day with more than so many times the median of the others is a bulk load. */
  private static final int BULK = 10;

  private static final long FARTHEST_DAYS = 365_000;

  private final CurrentView views;
  private final Ledger ledger;
  private final Clock clock;

  /**
   * Queries on the pools of a ledger.
   *
   * @param views the ledger's present, which has the allocations
   * @param ledger the ledger, which has the pools and the blocked slots
   * @param clock the service's clock
   */
  public PoolUsageQueries(CurrentView views, Ledger ledger, Clock clock) {
    this.views = views;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Returns all pools, the default first. */
  public List<PoolCounts> all() {
    return ledger.read(
        queries -> {
          Map<String, SortedMap<LocalDate, Long>> grants = grants(queries);
          LedgerView view = views.atLeast(queries.head().lastEvent());
          return queries.pools().stream().map(p -> counts(queries, view, p, grants)).toList();
        });
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
                .map(
                    pool ->
                        counts(
                            queries,
                            views.atLeast(queries.head().lastEvent()),
                            pool,
                            grants(queries)))
                .orElseThrow(() -> unknown(queries)));
  }

  /** Returns the number of allocations by pool and day (UTC), since the first one. */
  public Map<String, SortedMap<LocalDate, Long>> growth() {
    return ledger.read(queries -> queries.grantDays(Instant.EPOCH));
  }

  private Map<String, SortedMap<LocalDate, Long>> grants(LedgerQueries queries) {
    return queries.grantDays(clock.instant().minus(LOOK_BACK));
  }

  private static Refused unknown(LedgerQueries queries) {
    return new Refused(
        RefusalCode.UNKNOWN_POOL,
        "there is no such pool; the pools are "
            + queries.pools().stream().map(Pool::name).collect(Collectors.joining(", ")));
  }

  private PoolCounts counts(
      LedgerQueries queries,
      LedgerView view,
      Pool pool,
      Map<String, SortedMap<LocalDate, Long>> grants) {
    PoolTally tally = view.pool(pool.name());
    long used = tally.in(AllocationState.ACTIVE) + tally.in(AllocationState.WITHHELD);
    long retired = tally.in(AllocationState.RETIRED) + tally.in(AllocationState.SUPERSEDED);
    long blocked = queries.blocked().count(pool.name());
    long free = pool.slots() - used - retired - blocked;
    Instant now = clock.instant();
    return new PoolCounts(
        pool,
        pool.slots(),
        used,
        retired,
        blocked,
        free,
        forecast(free, grants.getOrDefault(pool.name(), new TreeMap<>()), used + retired, now));
  }

  /**
   * Estimates the day on which no slot is left, by the mean rate of the last 90 days, or since the
   * day of the first allocation in a younger pool. Bulk loads are no pace and are left out. Empty
   * with too few allocations, with those of a single day, or for a day too far away.
   *
   * @param grants the number of allocations of each day (UTC); a clock that was set wrong can have
   *     dated some of them in the future
   * @param ever how many slots were allocated at any time
   */
  static Optional<FillForecast> forecast(
      long free, SortedMap<LocalDate, Long> grants, long ever, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    SortedMap<LocalDate, Long> past =
        grants.subMap(today.minusDays(LOOK_BACK.toDays()), today.plusDays(1));
    if (past.isEmpty()) {
      return Optional.empty();
    }
    long usual = withoutBulkLoads(past.values());
    if (usual < FEWEST_GRANTS) {
      return Optional.empty();
    }
    long all = past.values().stream().mapToLong(Long::longValue).sum();
    Duration sinceFirst =
        Duration.between(past.firstKey().atStartOfDay(ZoneOffset.UTC).toInstant(), now);
    Duration observed =
        ever > all ? LOOK_BACK : sinceFirst.compareTo(SHORTEST) < 0 ? SHORTEST : sinceFirst;
    double most = 2 * Math.sqrt(usual);
    return day(free, usual, observed, today)
        .map(
            likely ->
                new FillForecast(
                    day(free, usual + most, observed, today).orElse(likely),
                    likely,
                    day(free, usual - most, observed, today)));
  }

  /** The day at the pace of so many allocations in a time; empty for none, or a day too far. */
  private static Optional<LocalDate> day(
      long free, double grants, Duration observed, LocalDate today) {
    double days = grants > 0 ? free / grants * observed.toSeconds() / 86_400 : Double.MAX_VALUE;
    return days > FARTHEST_DAYS ? Optional.empty() : Optional.of(today.plusDays((long) days));
  }

  /**
   * How many of these were no bulk load. A day is one if it has over ten times as many as the
   * median of the days with allocations. A single day shows no pace.
   */
  private static long withoutBulkLoads(Collection<Long> ofDays) {
    List<Long> days = ofDays.stream().sorted().toList();
    long median = days.get((days.size() - 1) / 2);
    return days.size() == 1
        ? 0
        : days.stream().filter(count -> count <= BULK * median).mapToLong(Long::longValue).sum();
  }
}
