/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.Optional;

/**
 * The snapshot of the present serial, rendered once and served from memory. Thread-safe.
 *
 * <p>Every request asks the ledger for its serial first, so that nobody is ever served less than
 * what had been acknowledged before he asked. One thread renders; the others wait for it, and take
 * what it made if it is as new as what they saw: a burst of changes is rendered as often as one
 * renders after another, not once each.
 */
public final class SnapshotCache {
  private final Ledger ledger;
  private final Object rendering = new Object();
  private volatile Optional<ServedSnapshot> latest = Optional.empty();

  /** The snapshots of this ledger. */
  public SnapshotCache(Ledger ledger) {
    this.ledger = ledger;
  }

  /** A snapshot at least as new as the ledger is now. */
  public ServedSnapshot current() {
    LedgerHead head = ledger.head();
    return latest(head)
        .orElseGet(
            () -> {
              synchronized (rendering) {
                return latest(head).orElseGet(this::render);
              }
            });
  }

  private Optional<ServedSnapshot> latest(LedgerHead head) {
    return latest
        .filter(served -> served.snapshot().ledger().equals(head.uuid()))
        .filter(served -> served.snapshot().serial() >= head.serial());
  }

  private ServedSnapshot render() {
    ServedSnapshot rendered =
        new ServedSnapshot(
            ledger.read(
                queries -> {
                  LedgerHead head = queries.head();
                  return Snapshot.of(
                      head.uuid(),
                      head.serial(),
                      head.hash(),
                      queries.inState(AllocationState.ACTIVE).stream()
                          .map(SnapshotRow::of)
                          .toList());
                }));
    latest = Optional.of(rendered);
    return rendered;
  }
}
