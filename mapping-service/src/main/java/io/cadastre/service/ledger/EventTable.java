/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code event}: written once, never changed. */
final class EventTable {
  private final Handle handle;

  EventTable(Handle handle) {
    this.handle = handle;
  }

  void insert(List<Event> events) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO event (seq, at, kind, serial, allocation_id, owner, actor, request_id,"
                + " reason, state_before, state_after, previous_hash, hash) VALUES (:seq, :at,"
                + " :kind, :serial, :allocation, :owner, :actor, :requestId, :reason, :before,"
                + " :after, :previousHash, :hash)");
    for (Event event : events) {
      batch
          .bind("seq", event.seq())
          .bind("at", Instant.parse(event.at()).atOffset(ZoneOffset.UTC))
          .bind("kind", event.kind())
          .bind("serial", event.serial())
          .bind("allocation", event.allocation())
          .bind("owner", event.owner())
          .bind("actor", event.actor())
          .bind("requestId", event.requestId())
          .bind("reason", event.reason())
          .bind("before", event.before().map(Object::toString))
          .bind("after", event.after().toString())
          .bind("previousHash", event.previousHash())
          .bind("hash", event.hash())
          .add();
    }
    batch.execute();
  }

  /** The events after {@code seq}, of this owner's name if given, oldest first. */
  List<Event> after(long seq, Optional<String> owner, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM event WHERE seq > :seq AND (:owner IS NULL OR owner = :owner)"
                + " ORDER BY seq LIMIT :limit")
        .bind("seq", seq)
        .bind("owner", owner)
        .bind("limit", limit)
        .map(EventTable::read)
        .list();
  }

  /** The events after {@code seq}, oldest first. */
  List<Event> after(long seq, int limit) {
    return handle
        .createQuery("SELECT * FROM event WHERE seq > :seq ORDER BY seq LIMIT :limit")
        .bind("seq", seq)
        .bind("limit", limit)
        .map(EventTable::read)
        .list();
  }

  /** The hash of one event. */
  Optional<String> hash(long seq) {
    return handle
        .createQuery("SELECT hash FROM event WHERE seq = :seq")
        .bind("seq", seq)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * The events of allocations, and settlements, after one serial, up to and with another, oldest
   * first.
   */
  List<Event> between(long since, long upTo, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM event WHERE serial > :since AND serial <= :upTo"
                + " AND (allocation_id IS NOT NULL OR kind = 'settle') ORDER BY seq LIMIT :limit")
        .bind("since", since)
        .bind("upTo", upTo)
        .bind("limit", limit)
        .map(EventTable::read)
        .list();
  }

  /** The events of these numbers, oldest first. */
  List<Event> numbered(List<Long> numbers) {
    return handle
        .createQuery("SELECT * FROM event WHERE seq = ANY(:numbers) ORDER BY seq")
        .bindArray("numbers", Long.class, numbers)
        .map(EventTable::read)
        .list();
  }

  /** The last event of an allocation up to this number. */
  Optional<Event> lastOf(UUID allocation, long seq) {
    return handle
        .createQuery(
            // Both columns of the index event_allocation, or H2 does not read it backwards.
            "SELECT * FROM event WHERE allocation_id = :id AND seq <= :seq"
                + " ORDER BY allocation_id DESC, seq DESC LIMIT 1")
        .bind("id", allocation)
        .bind("seq", seq)
        .map(EventTable::read)
        .findOne();
  }

  /** When slots of the pool were granted since {@code since}, in the order of their events. */
  List<Instant> grantsSince(String pool, Instant since) {
    return handle
        .createQuery(
            "SELECT e.at FROM event e JOIN slot s ON s.allocation_id = e.allocation_id"
                + " WHERE s.pool = :pool AND e.kind = 'allocate' AND e.at >= :since"
                + " ORDER BY e.seq")
        .bind("pool", pool)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .mapTo(OffsetDateTime.class)
        .map(OffsetDateTime::toInstant)
        .list();
  }

  /** All events in order; the stream must be closed. */
  Stream<Event> stream() {
    return handle
        .createQuery("SELECT * FROM event ORDER BY seq")
        .setFetchSize(1000)
        .map(EventTable::read)
        .stream();
  }

  private static Event read(ResultSet row, StatementContext context) throws SQLException {
    return new Event(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant().toString(),
        row.getString("kind"),
        row.getLong("serial"),
        Optional.ofNullable(row.getObject("allocation_id", UUID.class)),
        Optional.ofNullable(row.getString("owner")),
        row.getString("actor"),
        Optional.ofNullable(row.getString("request_id")),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("state_before")).map(EventJson::parse),
        EventJson.parse(row.getString("state_after")),
        row.getString("previous_hash"),
        row.getString("hash"));
  }
}
