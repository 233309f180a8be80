/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventConditions;
import io.cadastre.service.event.Grant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads the events by time, actor, kind and request, and the grants of allocations. Thread-safe.
 */
public final class EventLog {
  private final Ledger ledger;

  /** The events of this ledger. */
  public EventLog(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The events after {@code seq} that meet the conditions, oldest first. */
  public List<Event> after(long seq, EventConditions conditions, int limit) {
    return read(seq, Long.MAX_VALUE, conditions, limit);
  }

  /** The events from a number on, inclusive, to another, exclusive, oldest first. */
  public List<Event> between(long from, long to, EventConditions conditions) {
    return read(from - 1, to, conditions, Integer.MAX_VALUE);
  }

  private List<Event> read(long seq, long before, EventConditions conditions, int limit) {
    StringBuilder sql = new StringBuilder("SELECT * FROM event WHERE seq > :seq AND seq < :before");
    conditions.from().ifPresent(time -> sql.append(" AND at >= :from"));
    conditions.to().ifPresent(time -> sql.append(" AND at < :to"));
    conditions.actor().ifPresent(actor -> sql.append(" AND actor = :actor"));
    conditions.kind().ifPresent(kind -> sql.append(" AND kind = :kind"));
    conditions.request().ifPresent(id -> sql.append(" AND request_id = :request"));
    return ledger.readRows(
        handle -> {
          Query query =
              handle
                  .createQuery(sql.append(" ORDER BY seq LIMIT :limit").toString())
                  .bind("seq", seq)
                  .bind("before", before)
                  .bind("limit", limit);
          conditions.from().ifPresent(time -> query.bind("from", time));
          conditions.to().ifPresent(time -> query.bind("to", time));
          conditions.actor().ifPresent(actor -> query.bind("actor", actor));
          conditions.kind().ifPresent(kind -> query.bind("kind", kind.word()));
          conditions.request().ifPresent(id -> query.bind("request", id));
          return query.mapTo(Event.class).list();
        });
  }

  /** The first events of these allocations. */
  public Map<UUID, Grant> grants(Collection<UUID> allocations) {
    Map<UUID, Grant> grants = new HashMap<>();
    if (allocations.isEmpty()) {
      return grants;
    }
    ledger
        .readRows(handle -> firstOf(handle, allocations))
        .forEach(
            event ->
                grants.put(
                    event.allocation().orElseThrow(),
                    new Grant(
                        Instant.parse(event.at()), event.actor(), event.reason().orElse(""))));
    return grants;
  }

  /** Two queries: each uses an index, which H2 would not for one with a subquery. */
  private static List<Event> firstOf(Handle handle, Collection<UUID> allocations) {
    List<Long> numbers =
        handle
            .createQuery(
                "SELECT MIN(seq) FROM event WHERE allocation_id = ANY(:ids) GROUP BY allocation_id")
            .bindArray("ids", UUID.class, allocations)
            .mapTo(Long.class)
            .list();
    return handle
        .createQuery("SELECT * FROM event WHERE seq = ANY(:numbers)")
        .bindArray("numbers", Long.class, numbers)
        .mapTo(Event.class)
        .list();
  }
}
