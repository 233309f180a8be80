/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.Collection;
import java.util.Optional;

/**
 * Reads what nodes fetch: the active allocations and their changes. Thread-safe; every method
 * throws {@link Unavailable} if the database does not answer.
 */
public final class SnapshotQueries {
  private final Ledger ledger;

  /** The snapshots of this ledger. */
  public SnapshotQueries(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The ledger's serial and last event. */
  public LedgerHead head() {
    return ledger.head();
  }

  /** All active allocations with the head behind them, read in one transaction. */
  public HeadedSnapshot snapshot() {
    return ledger.read(
        queries -> {
          LedgerHead head = queries.head();
          return new HeadedSnapshot(
              head,
              Snapshot.of(
                  head.uuid(),
                  head.serial(),
                  head.hash(),
                  queries.inState(AllocationState.ACTIVE).stream().map(SnapshotRow::of).toList()));
        });
  }

  /**
   * The rows that changed between two serials; empty if the ledger cannot tell, or if there are
   * more than {@code limit}.
   */
  public Optional<Collection<RowChange>> changes(long since, long upTo, int limit) {
    return ledger.read(queries -> queries.rowChanges(since, upTo, limit));
  }
}
