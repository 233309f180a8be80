/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventChain;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.PoolRecord;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.subid.Pool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Folds the events, from the first one on, into the state that the tables must have, and checks
 * that a ledger could have written them: chain, serials, pools and, in {@link FoldedAllocations},
 * allocations. Keeps every allocation in memory, packed, and no event. Not thread-safe.
 */
final class EventFold {
  private final FoldedAllocations allocations = new FoldedAllocations();
  private final List<Pool> pools = new ArrayList<>();
  private final List<DismissedEntry> dismissed = new ArrayList<>();
  private final ClockReadings clock;
  private LedgerHead head = new LedgerHead(new UUID(0, 0), 0, 0, 0, Instant.EPOCH, "");

  /**
   * A fold of no event yet.
   *
   * @param now the service's clock, which the times of events are compared with
   */
  EventFold(Instant now) {
    this.clock = new ClockReadings(now);
  }

  /**
   * Adds the next event.
   *
   * @throws IllegalArgumentException if no ledger could have written the event; nothing was added
   */
  void take(Event event) {
    take(event, EventJson.sealed(event).hash());
  }

  /**
   * Adds the next event, with a hash computed before: that is half of the work.
   *
   * @throws IllegalArgumentException if no ledger could have written the event; nothing was added
   */
  void take(Event event, String hash) {
    EventChain.checkFollows(head, event, hash);
    EventKind kind = kind(event);
    checkSerial(event, kind);
    checkRevision(event, kind);
    UUID ledger = head.uuid();
    if ((kind == EventKind.LEDGER) != (event.seq() == 1)) {
      throw new IllegalArgumentException(
          "event %d is of the kind %s: the first event creates the ledger, and no other does"
              .formatted(event.seq(), event.kind()));
    }
    Instant reading = reading(event);
    switch (kind) {
      case LEDGER -> ledger = EventJson.value(event.after(), Ledger.LedgerRecord.class).ledger();
      case POOL, SEGMENT -> take(kind, pool(event.after()), event.seq());
      case DISMISS -> dismissed.add(EventJson.value(event.after(), DismissedEntry.class));
      case RELEASE_FOREIGN ->
          allocations.release(EventJson.value(event.after(), ReleasedRange.class));
      default -> {
        if (event.allocation().isPresent()) {
          allocations.take(event, EventChain.revision(head, event), kind, pools);
        }
      }
    }
    clock.take(head, event.seq(), reading);
    head =
        new LedgerHead(
            ledger,
            event.serial(),
            EventChain.revision(head, event),
            event.seq(),
            reading,
            event.hash());
  }

  private static EventKind kind(Event event) {
    try {
      return EventKind.of(event.kind());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "event %d is of the kind \"%s\", which this version does not know"
              .formatted(event.seq(), event.kind()),
          e);
    }
  }

  /** The time of the event; the database must be able to store it without rounding. */
  private static Instant reading(Event event) {
    Instant reading = Instant.parse(event.at());
    if (!reading.truncatedTo(ChronoUnit.MICROS).toString().equals(event.at())) {
      throw new IllegalArgumentException(
          "event %d has the time \"%s\", which no ledger writes so"
              .formatted(event.seq(), event.at()));
    }
    return reading;
  }

  /** A serial moves by one with each change; adoptions and settlements may leap. */
  private void checkSerial(Event event, EventKind kind) {
    if (event.serial() < head.serial()) {
      throw new IllegalArgumentException(
          "event %d takes the serial back from %d to %d"
              .formatted(event.seq(), head.serial(), event.serial()));
    }
    if (!leaps(kind) && event.serial() > head.serial() + 1) {
      throw new IllegalArgumentException(
          "in event %d the serial leaps from %d to %d"
              .formatted(event.seq(), head.serial(), event.serial()));
    }
  }

  /** A revision moves by one with each event; adoptions and settlements may leap. */
  private void checkRevision(Event event, EventKind kind) {
    long revision = EventChain.revision(head, event);
    if (revision <= head.revision() || (!leaps(kind) && revision > head.revision() + 1)) {
      throw new IllegalArgumentException(
          "event %d moves the revision from %d to %d"
              .formatted(event.seq(), head.revision(), revision));
    }
  }

  private static boolean leaps(EventKind kind) {
    return kind == EventKind.ADOPT || kind == EventKind.SETTLE;
  }

  private static Pool pool(JsonNode state) {
    return EventJson.value(state, PoolRecord.class).toPool();
  }

  private void take(EventKind kind, Pool pool, long number) {
    int known = index(pool.name());
    if (kind == EventKind.POOL && known < 0) {
      pools.add(pool);
    } else if (kind == EventKind.SEGMENT
        && known >= 0
        && PoolRegister.isAppendedTo(pools.get(known), pool)) {
      pools.set(known, pool);
    } else {
      throw new IllegalArgumentException(
          "event %d: %s does not follow from the pools before, %s".formatted(number, pool, pools));
    }
  }

  private int index(String pool) {
    for (int i = 0; i < pools.size(); i++) {
      if (pools.get(i).name().equals(pool)) {
        return i;
      }
    }
    return -1;
  }

  /** The head after these events. */
  LedgerHead head() {
    return head;
  }

  /** The pools, the default first. */
  List<Pool> pools() {
    return pools;
  }

  /** The dismissed directory entries, oldest first; an entry may occur twice. */
  List<DismissedEntry> dismissed() {
    return dismissed;
  }

  /** The allocations. */
  FoldedAllocations allocations() {
    return allocations;
  }

  /** The times of the events. */
  ClockReadings clock() {
    return clock;
  }
}
