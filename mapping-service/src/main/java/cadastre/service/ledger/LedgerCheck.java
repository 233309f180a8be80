/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import java.time.Clock;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Holds a ledger against its own events: whoever edits the tables, or the events, with the
 * database's own shell is found by it. Events are read page by page, each page by itself, up to the
 * head that there was at the beginning; what has come since, and the tables, at one moment. What
 * then differs is looked at again while nothing can change. Thread-safe.
 */
public final class LedgerCheck {
  private static final int PAGE = 1000;

  private final Ledger ledger;
  private final Clock clock;

  /**
   * A check of this ledger.
   *
   * @param clock the service's, by which the events' times are judged
   */
  public LedgerCheck(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Runs it; changes go on meanwhile. */
  public LedgerReport run() {
    EventFold fold = new EventFold(clock.instant());
    long until = ledger.head().lastEvent();
    Optional<String> broken = Optional.empty();
    boolean more = true;
    while (broken.isEmpty() && more && fold.head().lastEvent() < until) {
      long after = fold.head().lastEvent();
      List<Event> page = ledger.read(reader -> reader.events.after(after, PAGE));
      broken = take(fold, page);
      more = !page.isEmpty();
    }
    if (broken.isEmpty()) {
      LedgerReport report = ledger.read(reader -> of(reader.handle, fold));
      if (report.isEqual()) {
        return report;
      }
    }
    return ledger.takenBack(transaction -> of(transaction.read().handle, fold));
  }

  /**
   * Holds the tables, as this transaction sees them, against the events.
   *
   * @param fold of the first events, or of none; the others are taken here
   */
  static LedgerReport of(Handle handle, EventFold fold) {
    EventTable events = new EventTable(handle);
    Optional<String> broken = Optional.empty();
    for (List<Event> page = events.after(fold.head().lastEvent(), PAGE);
        broken.isEmpty() && !page.isEmpty();
        page = events.after(fold.head().lastEvent(), PAGE)) {
      broken = take(fold, page);
    }
    Optional<String> why = broken.or(() -> lost(handle, fold));
    if (why.isPresent()) {
      return LedgerReport.broken(fold, why.get());
    }
    TableComparison comparison = new TableComparison(handle, fold);
    return LedgerReport.of(fold, comparison.differences(), comparison.counters());
  }

  private static Optional<String> take(EventFold fold, List<Event> page) {
    for (Event event : page) {
      try {
        fold.take(event);
      } catch (IllegalArgumentException | DateTimeException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the ledger's row is a witness of an event that is no more. A row that names an earlier
   * one is only a row that was changed.
   */
  private static Optional<String> lost(Handle handle, EventFold fold) {
    Head row = new HeadTable(handle).find().orElseThrow();
    long last = fold.head().lastEvent();
    if (row.lastEvent() > last) {
      return Optional.of(
          "event %d is missing: the ledger's row names it as the last".formatted(row.lastEvent()));
    }
    String hash = new EventTable(handle).hash(row.lastEvent()).orElse("");
    return hash.equals(row.hash())
        ? Optional.empty()
        : Optional.of(
            "event %d has the hash \"%s\", and the ledger's row names \"%s\": one of the two was changed"
                .formatted(row.lastEvent(), hash, row.hash()));
  }
}
