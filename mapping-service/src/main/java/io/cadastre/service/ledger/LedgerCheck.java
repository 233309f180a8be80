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
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Compares a ledger's tables with its own events, and so finds edits made with the database's
 * shell. Events are read page by page, each page in a transaction of its own, up to the head at the
 * start of the check. The later events and the tables are read at one moment. If they differ, they
 * are compared again under the ledger's lock. Thread-safe.
 */
public final class LedgerCheck {
  private static final int PAGE = 1000;

  private final Ledger ledger;
  private final Clock clock;

  /**
   * A check of this ledger.
   *
   * @param clock the service's clock, which the times of events are compared with
   */
  public LedgerCheck(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Runs the check; changes may go on meanwhile. */
  public LedgerReport run() {
    return run(seq -> {});
  }

  /**
   * The same, and says how far it is.
   *
   * @param folded learns of the number of the last event that was taken, in the caller's thread
   */
  public LedgerReport run(LongConsumer folded) {
    EventFold fold = new EventFold(clock.instant());
    if (foldPages(fold, ledger.head().lastEvent(), folded).isEmpty()) {
      LedgerReport report = ledger.readRows(handle -> compare(handle, fold));
      if (report.isEqual()) {
        return report;
      }
    }
    return ledger.writeRows(
        handle -> {
          LedgerHead unused = new LedgerHeadTable(handle).lock();
          return compare(handle, fold);
        });
  }

  /** Folds page by page, while another thread reads and hashes the next page. */
  private Optional<String> foldPages(EventFold fold, long until, LongConsumer folded) {
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
        folded.accept(fold.head().lastEvent());
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
    return ledger.readRows(handle -> new EventQueries(handle).after(after, PAGE)).stream()
        .map(Hashed::of)
        .toList();
  }

  private record Hashed(Event event, String hash) {
    static Hashed of(Event event) {
      return new Hashed(event, EventJson.sealed(event).hash());
    }
  }

  /**
   * Compares the tables, as this transaction sees them, with the events.
   *
   * @param fold the fold of the first events, or of none; the others are added here
   */
  static LedgerReport compare(Handle handle, EventFold fold) {
    EventQueries events = new EventQueries(handle);
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
   * Whether the ledger's row proves that its last event was deleted or changed. A row that names an
   * earlier event as the last is itself an edit, and is compared with the other tables.
   */
  private static Optional<String> lost(Handle handle, EventFold fold) {
    LedgerHead row = new LedgerHeadTable(handle).find().orElseThrow();
    long last = fold.head().lastEvent();
    if (row.lastEvent() > last) {
      return Optional.of(
          "event %d is missing: the ledger's row names it as the last".formatted(row.lastEvent()));
    }
    String hash = new EventQueries(handle).hash(row.lastEvent()).orElse("");
    return hash.equals(row.hash())
        ? Optional.empty()
        : Optional.of(
            "event %d has the hash \"%s\", and the ledger's row names \"%s\": one of the two was changed"
                .formatted(row.lastEvent(), hash, row.hash()));
  }
}
