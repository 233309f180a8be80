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
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.NameQueries;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. Thread-safe. */
public final class AuditLogQueries {
  /** Events that are read at once. */
  private static final int PAGE = 1000;

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

  /** Work on one event. */
  public interface Work<E extends Exception> {
    /** Takes the next event. */
    void accept(Event event) throws E;
  }
}
