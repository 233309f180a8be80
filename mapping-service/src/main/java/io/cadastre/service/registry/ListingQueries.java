/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.Grant;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.AllocationQuery;
import io.cadastre.service.ledger.EventLog;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lists the ledger's allocations. Thread-safe. */
public final class ListingQueries {
  private static final int PAGE = 1000;

  private final Ledger ledger;
  private final PoolUsageQueries pools;
  private final EventLog log;
  private final NameCase nameCase;

  /** Work on one allocation. */
  public interface Work<E extends Exception> {
    /** Takes the next allocation and its first event, unless the history of it is lost. */
    void accept(Allocation allocation, Optional<Grant> grant) throws E;
  }

  /** Listings of this ledger. */
  public ListingQueries(Ledger ledger, PoolUsageQueries pools, NameCase nameCase) {
    this.ledger = ledger;
    this.pools = pools;
    log = new EventLog(ledger);
    this.nameCase = nameCase;
  }

  /**
   * Checks that the ledger can answer a listing.
   *
   * @throws Refused if the pool is unknown
   */
  public void check(AllocationListing listing) {
    listing.pool().ifPresent(pools::named);
  }

  /**
   * One page of a listing.
   *
   * @throws Refused if the pool is unknown
   * @throws Unavailable if the database does not answer
   */
  public AllocationPage page(AllocationListing listing) {
    check(listing);
    List<Allocation> found = read(listing, listing.limit() + 1);
    if (found.size() <= listing.limit()) {
      return new AllocationPage(found, Optional.empty());
    }
    List<Allocation> page = found.subList(0, listing.limit());
    return new AllocationPage(page, Optional.of(startOfLast(page)));
  }

  /**
   * Hands on all allocations of a listing, up to its limit, and holds a page of them at a time. The
   * ledger may change between two pages. The pool is not checked: {@link #check} does that.
   *
   * @throws Unavailable if the database does not answer
   */
  public <E extends Exception> void forEach(AllocationListing listing, Work<E> work) throws E {
    AllocationListing rest = listing;
    while (rest.limit() > 0) {
      int most = Math.min(rest.limit(), PAGE);
      List<Allocation> page = read(rest, most);
      Map<UUID, Grant> grants = log.grants(page.stream().map(Allocation::id).toList());
      for (Allocation allocation : page) {
        work.accept(allocation, Optional.ofNullable(grants.get(allocation.id())));
      }
      if (page.size() < most) {
        return;
      }
      rest = rest.after(startOfLast(page), rest.limit() - page.size());
    }
  }

  private static long startOfLast(List<Allocation> page) {
    return page.get(page.size() - 1).uidRange().start();
  }

  private List<Allocation> read(AllocationListing listing, int limit) {
    return ledger.read(
        queries ->
            queries.page(
                new AllocationQuery(
                    listing.pool(),
                    listing.state(),
                    listing.owner().map(name -> recorded(queries, name).value()),
                    listing.from(),
                    listing.to(),
                    listing.after(),
                    limit)));
  }

  /** Returns the name in the case of the ledger: a retired owner keeps the case of that time. */
  private OwnerName recorded(LedgerQueries queries, OwnerName name) {
    return nameCase
        .find(name, queries::currentNamed)
        .map(allocation -> allocation.owner().name())
        .orElse(name);
  }
}
