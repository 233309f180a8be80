/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.Unavailable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;

/**
 * Holds a ledger against its own events: an edit of the tables, or of the events, with the
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
    if (foldPages(fold, ledger.head().lastEvent()).isEmpty()) {
      LedgerReport report = ledger.read(queries -> of(queries.handle, fold));
      if (report.isEqual()) {
        return report;
      }
    }
    return ledger.rolledBack(transaction -> of(transaction.flush().handle, fold));
  }

  /** Another thread reads and hashes the next page while this one is folded. */
  private Optional<String> foldPages(EventFold fold, long until) {
    ExecutorService reading = Executors.newSingleThreadExecutor();
    try {
      Optional<String> broken = Optional.empty();
      Future<List<Hashed>> next = reading.submit(() -> page(0));
      boolean more = true;
      while (more && broken.isEmpty()) {
        List<Hashed> page = next.get();
        more = !page.isEmpty() && page.get(page.size() - 1).event().seq() < until;
        if (more) {
          long after = page.get(page.size() - 1).event().seq();
          next = reading.submit(() -> page(after));
        }
        broken = take(fold, page);
      }
      return broken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted", Duration.ofSeconds(5), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      reading.shutdownNow();
    }
  }

  private List<Hashed> page(long after) {
    return ledger.read(queries -> queries.events.after(after, PAGE)).stream()
        .map(Hashed::of)
        .toList();
  }

  private record Hashed(Event event, String hash) {
    static Hashed of(Event event) {
      return new Hashed(event, EventJson.sealed(event).hash());
    }
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
      broken = take(fold, page.stream().map(Hashed::of).toList());
    }
    Optional<String> why = broken.or(() -> lost(handle, fold));
    if (why.isPresent()) {
      return LedgerReport.broken(fold, why.get());
    }
    TableComparison comparison = new TableComparison(handle, fold);
    return LedgerReport.of(fold, comparison.differences(), comparison.counters());
  }

  private static Optional<String> take(EventFold fold, List<Hashed> page) {
    for (Hashed hashed : page) {
      try {
        fold.take(hashed.event(), hashed.hash());
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
    LedgerHead row = new LedgerHeadTable(handle).find().orElseThrow();
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
