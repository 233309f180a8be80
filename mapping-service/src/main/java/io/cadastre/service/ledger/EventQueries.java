/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.subid.Allocation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Reads events. Their order is their number; their times are readings of a clock that may have been
 * set back. The rows of {@code clock_step}, mostly none, let a bisection find the last event at or
 * before a time.
 */
final class EventQueries {
  private final Handle handle;

  EventQueries(Handle handle) {
    this.handle = handle;
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
        .mapTo(Event.class)
        .list();
  }

  /** The events after {@code seq}, oldest first. */
  List<Event> after(long seq, int limit) {
    return handle
        .createQuery("SELECT * FROM event WHERE seq > :seq ORDER BY seq LIMIT :limit")
        .bind("seq", seq)
        .bind("limit", limit)
        .mapTo(Event.class)
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
   * The events about allocations, and settlements, after the serial {@code since} and up to {@code
   * upTo}, inclusive, oldest first.
   */
  List<Event> between(long since, long upTo, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM event WHERE serial > :since AND serial <= :upTo"
                + " AND (allocation_id IS NOT NULL OR kind = 'settle') ORDER BY seq LIMIT :limit")
        .bind("since", since)
        .bind("upTo", upTo)
        .bind("limit", limit)
        .mapTo(Event.class)
        .list();
  }

  /** The latest {@code limit} events of the owner's allocations, oldest first. */
  List<Event> latestOfOwner(String stableId, int limit) {
    List<Long> numbers =
        handle
            .createQuery(
                "SELECT e.seq FROM allocation a JOIN event e ON e.allocation_id = a.id"
                    + " WHERE a.stable_id = :stableId ORDER BY e.seq DESC LIMIT :limit")
            .bind("stableId", stableId)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list();
    return handle
        .createQuery("SELECT * FROM event WHERE seq = ANY(:numbers) ORDER BY seq")
        .bindArray("numbers", Long.class, numbers)
        .mapTo(Event.class)
        .list();
  }

  /** The last event of the allocation up to this number, inclusive. */
  Optional<Event> lastOf(UUID allocation, long seq) {
    return handle
        .createQuery(
            // Both columns of the index event_allocation, or H2 does not read it backwards.
            "SELECT * FROM event WHERE allocation_id = :id AND seq <= :seq"
                + " ORDER BY allocation_id DESC, seq DESC LIMIT 1")
        .bind("id", allocation)
        .bind("seq", seq)
        .mapTo(Event.class)
        .findOne();
  }

  /** The allocation after the event. The revision of an event without one is its number. */
  static Allocation allocation(Event event) {
    return EventJson.value(event.after(), AllocationRecord.class)
        .toAllocation()
        .withRevision(event.revision().orElse(event.seq()));
  }

  /** When slots of the pool were allocated since {@code since}, in the order of the events. */
  List<Instant> grantsSince(String pool, Instant since) {
    return handle
        .createQuery(
            "SELECT e.at FROM event e JOIN slot s ON s.allocation_id = e.allocation_id"
                + " WHERE s.pool = :pool AND e.kind = 'allocate' AND e.at >= :since"
                + " ORDER BY e.seq")
        .bind("pool", pool)
        .bind("since", since)
        .mapTo(Instant.class)
        .list();
  }

  /** All events in order; the stream must be closed. */
  Stream<Event> stream() {
    return handle
        .createQuery("SELECT * FROM event ORDER BY seq")
        .setFetchSize(1000)
        .mapTo(Event.class)
        .stream();
  }

  /** The rows of {@code clock_step}, by number of the event. */
  Map<Long, Instant> clockSteps() {
    Map<Long, Instant> steps = new TreeMap<>();
    handle
        .createQuery("SELECT seq, at FROM clock_step")
        .map((row, context) -> Map.entry(row.getLong("seq"), LedgerJdbi.instant(row, "at")))
        .forEach(step -> steps.put(step.getKey(), step.getValue().orElseThrow()));
    return steps;
  }

  /**
   * The number of the last event whose time is {@code at} or earlier; 0 if there is none.
   *
   * @param last the number of the last event of the ledger
   */
  long lastAt(Instant at, long last) {
    long low = stepBefore(at);
    if (low == 0 && isAfter(1, at)) {
      return 0;
    }
    low = Math.max(low, 1);
    long high = nextStep(low, last + 1) - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (isAfter(middle, at)) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private long stepBefore(Instant at) {
    return handle
        .createQuery("SELECT seq FROM clock_step WHERE at <= :at ORDER BY at DESC LIMIT 1")
        .bind("at", at)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private long nextStep(long number, long otherwise) {
    return handle
        .createQuery("SELECT seq FROM clock_step WHERE seq > :seq ORDER BY seq LIMIT 1")
        .bind("seq", number)
        .mapTo(Long.class)
        .findOne()
        .orElse(otherwise);
  }

  /** A missing event counts as later than any time; the check of the ledger reports it. */
  private boolean isAfter(long number, Instant at) {
    return handle
        .createQuery("SELECT at FROM event WHERE seq = :seq")
        .bind("seq", number)
        .mapTo(Instant.class)
        .findOne()
        .map(reading -> reading.isAfter(at))
        .orElse(true);
  }
}
