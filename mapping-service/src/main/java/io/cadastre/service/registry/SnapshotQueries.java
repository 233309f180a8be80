/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.view.CurrentView;
import io.cadastre.service.view.LedgerView;
import java.util.Collection;
import java.util.Optional;

/** Reads what nodes fetch: the active allocations and their changes, from memory. Thread-safe. */
public final class SnapshotQueries {
  private final CurrentView views;
  private final Ledger ledger;

  /**
   * The snapshots of a ledger.
   *
   * @param views the ledger's present
   * @param ledger the ledger, for changes from before the start of the service
   */
  public SnapshotQueries(CurrentView views, Ledger ledger) {
    this.views = views;
    this.ledger = ledger;
  }

  /**
   * A view of everything that this process has acknowledged.
   *
   * @throws Unavailable if that is not in memory and the database does not answer
   */
  public LedgerView view() {
    return views.get();
  }

  /**
   * The rows that changed between a serial and that of a view; empty if the ledger cannot tell, or
   * if there are more than {@code limit}.
   *
   * @throws Unavailable if the view does not reach so far back and the database does not answer
   */
  public Optional<Collection<RowChange>> changes(long since, LedgerView view, int limit) {
    return view.knowsChangesSince(since)
        ? view.changes(since, limit)
        : ledger.read(queries -> queries.rowChanges(since, view.head().serial(), limit));
  }
}
