/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.HistoryQueries;
import io.cadastre.service.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;

/**
 * How many newly entitled accounts of a read may get ranges without a request. Acceptances are
 * events, so that a restart knows them: until the first one, no account gets a range. Not
 * thread-safe.
 */
final class UnaskedLimit {
  private static final Duration VALID = Duration.ofHours(1);

  private final Ledger ledger;
  private final long acceptAbove;
  private Optional<Event> last = Optional.empty();
  private long searched;

  /** The state in the event of an acceptance. */
  private record Acceptance(long accounts) {}

  UnaskedLimit(Ledger ledger, long acceptAbove) {
    this.ledger = ledger;
    this.acceptAbove = acceptAbove;
  }

  /** Whether the ledger has had a run with no account waiting, or an acceptance. */
  boolean hasBegun() {
    return last().isPresent();
  }

  /** Records that so many accounts may get ranges, within an hour. */
  void accept(long accounts, AuditContext context) {
    ledger.change(
        transaction -> {
          transaction.note(EventKind.ACCEPT_ENTITLED, new Acceptance(accounts), context);
          return true;
        });
  }

  /** The number that is permitted now. */
  long now() {
    return last()
        .map(event -> Math.max(acceptAbove, ledger.read(q -> left(q.history(), event))))
        .orElse(0L);
  }

  private static long left(HistoryQueries history, Event acceptance) {
    if (history.age(acceptance).compareTo(VALID) > 0) {
      return 0;
    }
    return acceptance.after().path("accounts").asLong()
        - history.count(EventKind.ALLOCATE, UnaskedAllocation.CONTEXT.actor(), acceptance.seq());
  }

  /** The last acceptance. The events before the last search are not searched again. */
  private Optional<Event> last() {
    ledger.read(
        queries -> {
          long end = queries.head().lastEvent();
          last = queries.history().lastOfKind(EventKind.ACCEPT_ENTITLED, searched).or(() -> last);
          searched = end;
          return true;
        });
    return last;
  }
}
