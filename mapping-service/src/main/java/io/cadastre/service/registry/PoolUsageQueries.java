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
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the slots of pools and estimates when a pool is full. Thread-safe. */
public final class PoolUsageQueries {
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
    return queries.grantDays(clock.instant().minus(PoolForecast.LOOK_BACK));
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
        PoolForecast.of(
            free, grants.getOrDefault(pool.name(), new TreeMap<>()), used + retired, now));
  }
}
