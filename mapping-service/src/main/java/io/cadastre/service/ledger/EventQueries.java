/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.RowChange;
import io.cadastre.subid.Allocation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads events. Their order is their number. */
final class EventQueries {
  private static final long STEP = 10_000;
  private static final Set<String> FROM_ELSEWHERE =
      Set.of(EventKind.ADOPT.word(), EventKind.SETTLE.word());

  private final Handle handle;

  EventQueries(Handle handle) {
    this.handle = handle;
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
   * The rows of the snapshot that changed between two serials; empty if the events do not tell or
   * are more than {@code limit}.
   */
  Optional<Collection<RowChange>> rowChanges(long since, long upTo, int limit) {
    List<Event> between = between(since, upTo, limit + 1);
    return between.size() > limit
            || between.stream().anyMatch(e -> FROM_ELSEWHERE.contains(e.kind()))
        ? Optional.empty()
        : Optional.of(RowChange.of(between));
  }

  /**
   * The events about allocations, and settlements, after the serial {@code since} and up to {@code
   * upTo}, inclusive, oldest first.
   */
  private List<Event> between(long since, long upTo, int limit) {
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

  /** The first {@code limit} events of the owner's allocations after {@code seq}, oldest first. */
  List<Event> ofOwnerAfter(String stableId, long seq, int limit) {
    return numbered(
        handle
            .createQuery(
                "SELECT e.seq FROM allocation a JOIN event e ON e.allocation_id = a.id"
                    + " WHERE a.stable_id = :stableId AND e.seq > :seq ORDER BY e.seq LIMIT :limit")
            .bind("stableId", stableId)
            .bind("seq", seq)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }

  private List<Event> numbered(List<Long> numbers) {
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

  /** The first event of the allocation after this number. */
  Optional<Event> nextOf(UUID allocation, long seq) {
    return handle
        .createQuery(
            "SELECT * FROM event WHERE allocation_id = :id AND seq > :seq"
                + " ORDER BY allocation_id, seq LIMIT 1")
        .bind("id", allocation)
        .bind("seq", seq)
        .mapTo(Event.class)
        .findOne();
  }

  /** The event with this number. */
  Optional<Event> numbered(long seq) {
    return numbered(List.of(seq)).stream().findFirst();
  }

  /** The last event before this number that is no adoption. */
  Optional<Event> lastBeforeAdoption(long seq) {
    // By pages from the end: H2 reads no index backwards.
    for (long upTo = seq; upTo > 0; upTo -= STEP) {
      Optional<Long> found =
          handle
              .createQuery(
                  "SELECT MAX(seq) FROM event WHERE seq > :from AND seq <= :upTo AND seq < :seq"
                      + " AND kind <> 'adopt'")
              .bind("from", upTo - STEP)
              .bind("upTo", upTo)
              .bind("seq", seq)
              .mapTo(Long.class)
              .findOne();
      if (found.isPresent()) {
        return numbered(found.get());
      }
    }
    return Optional.empty();
  }

  /** The last event of this kind after {@code seq}. */
  Optional<Event> lastOfKind(EventKind kind, long seq) {
    return handle
        .createQuery("SELECT MAX(seq) FROM event WHERE seq > :seq AND kind = :kind")
        .bind("seq", seq)
        .bind("kind", kind)
        .mapTo(Long.class)
        .findOne()
        .flatMap(this::numbered);
  }

  /** How many events of this kind this actor has caused after {@code seq}. */
  long count(EventKind kind, String actor, long seq) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM event WHERE seq > :seq AND kind = :kind AND actor = :actor")
        .bind("seq", seq)
        .bind("kind", kind)
        .bind("actor", actor)
        .mapTo(Long.class)
        .one();
  }

  /** The allocation after the event. The revision of an event without one is its number. */
  static Allocation allocation(Event event) {
    return AllocationRecord.after(event, event.revision().orElse(event.seq()));
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
}
