/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.Event;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. Thread-safe. */
public final class AuditLogQueries {
  private final Ledger ledger;

  /** The events of this ledger. */
  public AuditLogQueries(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The events after a number, oldest first.
   *
   * @param seq the number before the first event
   * @param owner only events of the owner who has this name, or had it last, under all names
   * @param limit the number of events at most
   * @throws Unavailable if the database does not answer
   */
  public EventPage after(long seq, Optional<OwnerName> owner, int limit) {
    List<Event> found = ledger.read(queries -> queries.eventsAfter(seq, owner, limit + 1));
    if (found.size() <= limit) {
      return new EventPage(found, Optional.empty());
    }
    List<Event> page = found.subList(0, limit);
    return new EventPage(page, Optional.of(page.get(limit - 1).seq()));
  }
}
