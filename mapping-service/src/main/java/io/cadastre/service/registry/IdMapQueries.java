/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.idspace.IdCell;
import io.cadastre.service.idspace.IdWindow;
import io.cadastre.service.idspace.UseCount;
import io.cadastre.service.idspace.UseMeasure;
import io.cadastre.service.ledger.BlockReason;
import io.cadastre.service.ledger.ForeignRange;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.view.AllocatedRanges;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers what a part of the ID space is used for: allocations from memory, the rest from the
 * database. Thread-safe.
 */
public final class IdMapQueries {
  private final CurrentView views;
  private final Ledger ledger;
  private final Accounts accounts;
  private final PoolUsageQueries usage;

  /**
   * Queries on a ledger.
   *
   * @param views the ledger's present
   * @param ledger the ledger, for pools, blocked slots and ranges of others
   * @param accounts the accounts, for the real IDs
   * @param usage the counts of the pools
   */
  public IdMapQueries(CurrentView views, Ledger ledger, Accounts accounts, PoolUsageQueries usage) {
    this.views = views;
    this.ledger = ledger;
    this.accounts = accounts;
    this.usage = usage;
  }

  /**
   * Returns the use of the IDs that a request names. Takes as long as the window has allocations: a
   * million of them some tens of milliseconds.
   *
   * @throws Refused if there is no such pool, or it does not have the ID
   * @throws Unavailable if the database does not answer
   */
  public IdMap map(MapRequest request) {
    Optional<PoolCounts> counts = request.pool().map(usage::named);
    return ledger.read(queries -> map(queries, request, counts));
  }

  private IdMap map(LedgerQueries queries, MapRequest request, Optional<PoolCounts> counts) {
    IdWindow window = window(request, counts.map(PoolCounts::pool));
    AllocatedRanges allocated =
        new AllocatedRanges(views.atLeast(queries.head().lastEvent()), request.type());
    List<ForeignRange> foreign =
        queries.foreignRanges().stream().filter(f -> f.type() == request.type()).toList();
    List<Pool> pools = queries.pools();
    UseMeasure measure =
        new UseMeasure(
            (within, work) -> allocated.forEach(within, work::accept),
            pools,
            pools.stream().flatMap(pool -> queries.blocked().ids(pool).stream()).toList(),
            foreign.stream().map(ForeignRange::range).toList());
    List<UseCount> uses = window.cells().stream().map(measure::of).toList();
    return new IdMap(
        request.type(),
        window,
        pools,
        counts,
        uses,
        realIds(request, window),
        UseCount.sum(uses),
        claims(window),
        allocations(allocated, window),
        foreign.stream()
            .filter(f -> window.overlaps(f.range()))
            .limit(IdMap.MOST_LISTED)
            .map(f -> new IdMap.Foreign(f.range(), f.source()))
            .toList(),
        window
            .pool()
            .filter(pool -> window.isDeepest())
            .flatMap(pool -> queries.blocked().reason(pool, window.first()))
            .map(BlockReason::text));
  }

  private static IdWindow window(MapRequest request, Optional<Pool> pool) {
    if (pool.isEmpty()) {
      return IdWindow.ofSpace(request.zoom(), request.id().orElse(0L));
    }
    try {
      return IdWindow.ofPool(
          pool.get(),
          request.zoom(),
          request.id().orElseGet(() -> pool.get().segments().get(0).start()));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  private List<Integer> realIds(MapRequest request, IdWindow window) {
    long[] ids =
        accounts.latest().map(index -> realIds(index, request)).orElseGet(() -> new long[0]);
    return window.cells().stream().map(cell -> count(ids, cell)).toList();
  }

  private static long[] realIds(AccountIndex index, MapRequest request) {
    return index.realIds(request.type());
  }

  private static int count(long[] ascending, IdCell cell) {
    return cell.parts().stream()
        .mapToInt(part -> from(ascending, part.last() + 1) - from(ascending, part.start()))
        .sum();
  }

  private static int from(long[] ascending, long id) {
    int at = Arrays.binarySearch(ascending, id);
    return at < 0 ? -at - 1 : at;
  }

  private static List<ReservedRange> claims(IdWindow window) {
    return ReservedIds.TABLE.stream().filter(claim -> window.overlaps(claim.ids())).toList();
  }

  private static List<Allocation> allocations(AllocatedRanges allocated, IdWindow window) {
    return window.cells().stream()
        .flatMap(cell -> cell.parts().stream())
        .flatMap(part -> first(allocated, part))
        .distinct()
        .limit(IdMap.MOST_LISTED)
        .toList();
  }

  private static Stream<Allocation> first(AllocatedRanges allocated, IdRange part) {
    return allocated.first(part, IdMap.MOST_LISTED).stream();
  }
}
