/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Commits;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest view of a ledger. A commit of this process moves it on before the commit is
 * acknowledged; {@link #follow} takes over what other processes have committed. A view that is
 * older than something that this process has acknowledged is never returned. Thread-safe: a reader
 * waits only while the view catches up with the database, or is read from it.
 */
public final class CurrentView {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentView.class);

  /** The events that are read at once. */
  private static final int PAGE = 10_000;

  private final Ledger ledger;
  private final KeptView kept;
  private final Object moving = new Object();

  /** The number of the newest event that this process has acknowledged. */
  private final AtomicLong acknowledged = new AtomicLong();

  private volatile Optional<LedgerView> latest = Optional.empty();

  private CurrentView(Ledger ledger, KeptView kept) {
    this.ledger = ledger;
    this.kept = kept;
  }

  /** The view of this ledger, read when it is first asked for. */
  public static CurrentView of(Ledger ledger) {
    return of(ledger, KeptView.NOWHERE);
  }

  /** The same, which begins with the view that an earlier process has kept, if it is of use. */
  public static CurrentView of(Ledger ledger, KeptView kept) {
    CurrentView view = new CurrentView(ledger, kept);
    ledger.onCommit(view.new OwnCommits());
    return view;
  }

  /**
   * Returns a view of everything that this process has acknowledged.
   *
   * @throws Unavailable if that is not in memory and the database does not answer
   */
  public LedgerView get() {
    return ready().orElseGet(this::moved);
  }

  /**
   * Returns a view of this event and all before it, also if another process has committed it.
   *
   * @throws Refused if the ledger has no such event
   * @throws Unavailable if it is not in memory and the database does not answer
   */
  public LedgerView atLeast(long event) {
    return inMemory(event).orElseGet(() -> atLeast(event, ledger.head()));
  }

  /** Refuses before anything waits: the number may be any. */
  private LedgerView atLeast(long event, LedgerHead head) {
    if (head.lastEvent() < event) {
      throw new Refused(
          RefusalCode.UNKNOWN_EVENT,
          "event %d is not in this ledger, whose newest event is %d; ask without Cadastre-Min-Event"
              .formatted(event, head.lastEvent()));
    }
    return moved();
  }

  /** Returns the number of the newest event that this process has acknowledged or read. */
  public long newestEvent() {
    return Math.max(acknowledged.get(), latest.map(view -> view.head().lastEvent()).orElse(0L));
  }

  /**
   * Moves the view to the newest event of the ledger. One small query if there is nothing new.
   *
   * @throws Unavailable if the database does not answer
   */
  public void follow() {
    Optional<LedgerView> before = latest;
    LedgerHead head = ledger.head();
    if (before.filter(view -> head.isBehind(view.head())).isPresent()) {
      LOG.warn("the ledger is at event {} again: an older one was restored", head.lastEvent());
      forget(before);
    }
    if (before.filter(view -> view.head().hash().equals(head.hash())).isEmpty()) {
      LedgerView unused = moved();
    }
  }

  private void forget(Optional<LedgerView> view) {
    synchronized (moving) {
      latest = latest.filter(now -> view.filter(old -> old == now).isEmpty());
    }
  }

  /** Returns what {@link #get} would, if that is in memory; does not ask the database. */
  public Optional<LedgerView> ready() {
    return inMemory(acknowledged.get());
  }

  /** Waits for the end of a read that is going on. */
  public void awaitRead() {
    synchronized (moving) {
      LOG.debug("in memory: {}", latest.isPresent());
    }
  }

  /** Keeps the newest view for the next start. */
  public void keep() {
    latest.ifPresent(kept::keep);
  }

  /**
   * Holds the view against a verification of the same event, and reads the tables if they differ.
   *
   * @throws Unavailable if the database does not answer
   */
  public void holdAgainst(LedgerReport report) {
    Optional<LedgerView> seen =
        latest.filter(view -> report.isEqual() && view.head().hash().equals(report.hash()));
    if (seen.filter(view -> view.fingerprint() != report.allocations()).isPresent()) {
      LOG.error("what is in memory differs from the ledger, and is read anew");
      kept.remove();
      forget(seen);
      LedgerView unused = moved();
    }
  }

  private Optional<LedgerView> inMemory(long event) {
    return latest.filter(view -> view.head().lastEvent() >= event);
  }

  /** The commits of this process. */
  private final class OwnCommits implements Commits {
    @Override
    public void committed(LedgerHead head, List<Event> events) {
      boolean known;
      synchronized (moving) {
        acknowledged.accumulateAndGet(head.lastEvent(), Math::max);
        known = latest.filter(view -> view.head().lastEvent() >= head.lastEvent()).isPresent();
        // Another commit can come in between: the next reader takes both from the database.
        latest
            .filter(view -> areNext(view, events))
            .ifPresent(view -> latest = after(view, events));
      }
      if (known && !events.isEmpty()) {
        lookForAnOlderLedger();
      }
    }

    @Override
    public void rehearsed(List<Event> events) {
      latest
          .filter(view -> areNext(view, events))
          .ifPresent(view -> LOG.debug("rehearsed: {}", after(view, events).isPresent()));
    }
  }

  private static boolean areNext(LedgerView view, List<Event> events) {
    return !events.isEmpty() && events.get(0).seq() == view.head().lastEvent() + 1;
  }

  /** A reader took the events over before, or an older ledger was restored and gave the number. */
  private void lookForAnOlderLedger() {
    try {
      follow();
    } catch (Unavailable e) {
      LOG.warn("what was committed is not compared with what is in memory: {}", e.getMessage());
    }
  }

  /** The view after these events; empty if only the tables tell. */
  private static Optional<LedgerView> after(LedgerView view, List<Event> events) {
    try {
      return Optional.of(view.after(events));
    } catch (IllegalArgumentException e) {
      LOG.info("the view in memory is read anew: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private LedgerView moved() {
    synchronized (moving) {
      LedgerView moved = latest.flatMap(this::afterNewer).orElseGet(this::begun);
      latest = Optional.of(moved);
      return moved;
    }
  }

  /** The view after the events that the ledger has more; empty if only the tables tell. */
  private Optional<LedgerView> afterNewer(LedgerView old) {
    long required = acknowledged.get();
    Optional<LedgerView> view = Optional.of(old);
    boolean more = true;
    while (more && view.isPresent()) {
      long from = view.get().head().lastEvent();
      List<Event> events = ledger.read(q -> q.eventsAfter(from, Optional.empty(), PAGE));
      view = events.isEmpty() ? view : after(view.get(), events);
      more = events.size() == PAGE;
    }
    // Else an older ledger was restored, and what was acknowledged is gone from it.
    return view.filter(v -> v.head().lastEvent() >= required);
  }

  private LedgerView begun() {
    long begin = System.nanoTime();
    LedgerView view = kept.first(ledger::head).flatMap(this::afterNewer).orElseGet(this::load);
    LOG.info(
        "{} allocations are in memory, as of event {}, after {} ms",
        view.size(),
        view.head().lastEvent(),
        (System.nanoTime() - begin) / 1_000_000);
    return view;
  }

  private LedgerView load() {
    long required = acknowledged.get();
    LedgerView view = ledger.read(this::load);
    boolean unused = acknowledged.compareAndSet(required, view.head().lastEvent());
    return view;
  }

  private LedgerView load(LedgerQueries queries) {
    ViewBuilder builder = new ViewBuilder(queries.head());
    queries.forEachStoredPage(builder::add);
    return builder.build();
  }
}
