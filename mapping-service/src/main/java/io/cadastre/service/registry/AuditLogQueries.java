/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventConditions;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.EventLog;
import io.cadastre.service.ledger.HistoryQueries;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.NameQueries;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. Thread-safe. */
public final class AuditLogQueries {
  /** Events that are read at once. */
  private static final int PAGE = 1000;

  /** Events that a search from the end looks at. */
  private static final int SEARCHED = 100_000;

  /** Events that such a search looks at in one query. */
  private static final int STEP = 20_000;

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final Ledger ledger;
  private final NameCase nameCase;
  private final EventLog log;

  /**
   * The events of this ledger.
   *
   * @param nameCase the case of the names to look up
   */
  public AuditLogQueries(Ledger ledger, NameCase nameCase) {
    this.ledger = ledger;
    this.nameCase = nameCase;
    log = new EventLog(ledger);
  }

  /**
   * The events after a number, oldest first.
   *
   * @param seq the number before the first event
   * @param owner the owner of the events, under all names
   * @param limit the number of events at most
   * @throws Unavailable if the database does not answer
   */
  public EventPage after(long seq, EventOwner owner, int limit) {
    List<Event> found =
        ledger.read(
            queries ->
                owner
                    .stableId()
                    .map(id -> queries.names().eventsOfAfter(id, seq, limit + 1))
                    .orElseGet(
                        () ->
                            queries.eventsAfter(
                                seq, owner.name().map(n -> recorded(queries, n)), limit + 1)));
    return EventPage.of(found, limit);
  }

  /** The name as the ledger spells it. */
  private OwnerName recorded(LedgerQueries queries, OwnerName name) {
    NameQueries names = queries.names();
    return nameCase
        .find(
            name,
            spelling ->
                names
                    .presentHolder(spelling)
                    .or(() -> names.lastHolder(spelling))
                    .map(holder -> spelling))
        .or(() -> OwnerQueries.present(queries, nameCase, name).map(a -> a.owner().name()))
        .orElse(name);
  }

  /**
   * The events after a number that meet conditions, oldest first.
   *
   * @param seq the number before the first event
   * @param owner the owner of the events
   * @param limit the number of events at most
   * @throws Unavailable if the database does not answer
   */
  public EventPage after(long seq, EventOwner owner, EventConditions conditions, int limit) {
    if (conditions.equals(EventConditions.NONE)) {
      return after(seq, owner, limit);
    }
    List<Event> found =
        owner.isOne()
            ? ofOwner(seq, owner, conditions, limit + 1)
            : log.after(seq, conditions, limit + 1);
    return EventPage.of(found, limit);
  }

  /**
   * All events of an owner, oldest first.
   *
   * @throws Unavailable if the database does not answer
   */
  public List<Event> all(EventOwner owner) {
    return ofOwner(0, owner, EventConditions.NONE, Integer.MAX_VALUE);
  }

  /** An owner has few events: all are read, page by page, until enough meet the conditions. */
  private List<Event> ofOwner(long seq, EventOwner owner, EventConditions conditions, int limit) {
    List<Event> found = new ArrayList<>();
    Optional<Long> next = Optional.of(seq);
    while (next.isPresent() && found.size() < limit) {
      EventPage page = after(next.get(), owner, PAGE);
      page.events().stream().filter(conditions::meets).forEach(found::add);
      next = page.next();
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  /**
   * Hands on all events that meet conditions, up to a limit, and holds a page of them at a time.
   *
   * @throws Unavailable if the database does not answer
   */
  public <E extends Exception> void forEach(
      long seq, EventOwner owner, EventConditions conditions, int limit, Work<E> work) throws E {
    int rest = limit;
    Optional<Long> next = Optional.of(seq);
    while (next.isPresent() && rest > 0) {
      EventPage page = after(next.get(), owner, conditions, Math.min(rest, PAGE));
      for (Event event : page.events()) {
        work.accept(event);
      }
      rest -= page.events().size();
      next = page.next();
    }
  }

  /**
   * The newest events that meet conditions, newest first. Not more than {@value #SEARCHED} events
   * are looked at, so that a rare kind does not read the whole log at once.
   *
   * @param before the number behind the first event to look at
   * @param limit the number of events at most
   * @return the events, and the number to go on before, if there are events that were not looked at
   */
  public EventPage before(long before, EventOwner owner, EventConditions conditions, int limit) {
    return before(before, owner, conditions, limit, SEARCHED);
  }

  /** The same with another bound on the events that are looked at. */
  EventPage before(
      long before, EventOwner owner, EventConditions conditions, int limit, long searched) {
    if (owner.isOne()) {
      List<Event> all = new ArrayList<>(ofOwner(0, owner, conditions, Integer.MAX_VALUE));
      Collections.reverse(all);
      return page(all.stream().filter(event -> event.seq() < before).toList(), limit);
    }
    List<Event> found = new ArrayList<>();
    Span span = span(conditions);
    long from = Math.min(before, span.end());
    long lowest = Math.max(span.begin(), from - searched);
    while (from > lowest && found.size() <= limit) {
      long to = from;
      // Numbers have no gaps: without conditions one step is a page.
      from = Math.max(lowest, to - (conditions.equals(EventConditions.NONE) ? limit + 1 : STEP));
      List<Event> step = new ArrayList<>(log.between(from, to, conditions));
      Collections.reverse(step);
      found.addAll(step);
    }
    return found.size() > limit || from <= span.begin()
        ? page(found, limit)
        : new EventPage(found, Optional.of(from));
  }

  /** The numbers from {@code begin} to before {@code end}. */
  private record Span(long begin, long end) {}

  /** Where events of the asked time can be: a log is mostly in the order of its times. */
  private Span span(EventConditions conditions) {
    return ledger.read(
        queries -> {
          HistoryQueries history = queries.history();
          return new Span(
              conditions.from().filter(AuditLogQueries::isReal).map(history::begin).orElse(1L),
              conditions
                  .to()
                  .filter(AuditLogQueries::isReal)
                  .map(history::end)
                  .orElseGet(() -> queries.head().lastEvent() + 1));
        });
  }

  /** Whether a ledger can have the time, and a database compare it. */
  private static boolean isReal(Instant time) {
    return time.isAfter(Instant.EPOCH) && time.isBefore(LATEST);
  }

  private static EventPage page(List<Event> newestFirst, int limit) {
    return newestFirst.size() <= limit
        ? new EventPage(newestFirst, Optional.empty())
        : new EventPage(
            newestFirst.subList(0, limit), Optional.of(newestFirst.get(limit - 1).seq()));
  }

  /** Work on one event. */
  public interface Work<E extends Exception> {
    /** Takes the next event. */
    void accept(Event event) throws E;
  }
}
