/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.Event;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.NameQueries;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. Thread-safe. */
public final class AuditLogQueries {
  private final Ledger ledger;
  private final NameCase nameCase;

  /**
   * The events of this ledger.
   *
   * @param nameCase the case of the names to look up
   */
  public AuditLogQueries(Ledger ledger, NameCase nameCase) {
    this.ledger = ledger;
    this.nameCase = nameCase;
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
    List<Event> found = 
        ledger.read(
            queries ->
                queries.eventsAfter(
                    seq, owner.map(name -> recorded(queries.names(), name)), limit + 1));
    if (found.size() <= limit) {
      return new EventPage(found, Optional.empty());
    }
    List<Event> page = found.subList(0, limit);
    return new EventPage(page, Optional.of(page.get(limit - 1).seq()));
  }

  /** The name as the ledger spells it. */
  private OwnerName recorded(NameQueries names, OwnerName name) {
    return nameCase
        .find(
            name,
            spelling ->
                names
                    .presentHolder(spelling)
                    .or(() -> names.lastHolder(spelling))
                    .map(holder -> spelling))
        .orElse(name);
  }
}
