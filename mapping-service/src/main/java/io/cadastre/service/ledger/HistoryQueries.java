/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads earlier states from the events, and finds the times that the events tell nothing about:
 * those before the first event, those before a range was imported or adopted, and those that an old
 * backup lost, up to the adoption.
 */
public final class HistoryQueries {
  /** These record a range that existed before. */
  private static final Set<String> RECORDED_LATER =
      Set.of(EventKind.ADOPT.word(), EventKind.IMPORT.word());

  private final EventQueries events;
  private final EventTimes times;
  private final long lastEvent;

  HistoryQueries(EventQueries events, EventTimes times, long lastEvent) {
    this.events = events;
    this.times = times;
    this.lastEvent = lastEvent;
  }

  /**
   * The allocation as it was at that time, by the last event of the ledger at or before it; empty
   * before the allocation was made.
   */
  public Optional<Allocation> asOf(UUID allocation, Instant at) {
    return events.lastOf(allocation, times.lastAt(at, lastEvent)).map(EventQueries::allocation);
  }

  /** The number behind the last event that may be earlier than that time. */
  public long end(Instant at) {
    return times.lastAt(at, lastEvent) + 1;
  }

  /** A number before which all events are earlier than that time. */
  public long begin(Instant at) {
    return times.firstAt(at, lastEvent);
  }

  /**
   * The events by which an allocation that is not active came into its state, newest first: those
   * that changed the state since it was active last, or since it was recorded.
   */
  public List<Event> closings(UUID allocation) {
    List<Event> closings = new ArrayList<>();
    Optional<Event> event = events.lastOf(allocation, lastEvent);
    while (event.filter(e -> !isActive(e.after())).isPresent()) {
      Event closed = event.get();
      if (!closed.before().map(HistoryQueries::state).equals(Optional.of(state(closed.after())))) {
        closings.add(closed);
      }
      event = events.lastOf(allocation, closed.seq() - 1);
    }
    return closings;
  }

  private static boolean isActive(JsonNode allocation) {
    return state(allocation).equals(AllocationState.ACTIVE.word());
  }

  private static String state(JsonNode allocation) {
    return allocation.path("state").asText();
  }

  /** The last event of this kind after a number. */
  public Optional<Event> lastOfKind(EventKind kind, long after) {
    return events.lastOfKind(kind, after);
  }

  /** How many events of this kind this actor has caused after a number. */
  public long count(EventKind kind, String actor, long after) {
    return events.count(kind, actor, after);
  }

  /** How long ago an event was, by the database's clock. */
  public Duration age(Event event) {
    return Duration.between(Instant.parse(event.at()), times.now());
  }

  /**
   * The gap in which a time lies; empty if the events tell the state at that time.
   *
   * @param allocation the allocation that has the ID now
   */
  public Optional<HistoryGap> gapAt(Optional<UUID> allocation, Instant at) {
    long seq = times.lastAt(at, lastEvent);
    if (seq == 0) {
      return events.numbered(1).map(first -> new HistoryGap(Optional.empty(), first.at(), false));
    }
    return allocation.flatMap(
        id ->
            events.nextOf(id, seq).stream()
                .filter(next -> RECORDED_LATER.contains(next.kind()))
                .flatMap(next -> before(next, seq).stream())
                .findFirst());
  }

  private Optional<HistoryGap> before(Event recorded, long seq) {
    if (recorded.before().isEmpty()) {
      return Optional.of(new HistoryGap(Optional.empty(), recorded.at(), true));
    }
    // A backup has all events before the adoption: the lost ones came after the last of them.
    return events
        .lastBeforeAdoption(recorded.seq())
        .filter(last -> last.seq() <= seq)
        .map(last -> new HistoryGap(Optional.of(last.at()), recorded.at(), true));
  }
}
