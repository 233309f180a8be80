/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventChain;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Allocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chains the events of one change, writes them and moves the head. Events never change afterwards.
 * The steps of the clock, by which {@link EventTimes#lastAt} finds an event, are written with them.
 * Not thread-safe.
 */
final class EventWriter {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

  private final Handle handle;
  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private final ChangeGuard guard = new ChangeGuard();
  private final GrantDays granted = new GrantDays();
  private LedgerHead head;

  /**
   * A writer of events that follow {@code head}.
   *
   * @param now the time of these events
   */
  EventWriter(Handle handle, LedgerHead head, Instant now) {
    this.handle = handle;
    this.head = head;
    this.now = now;
  }

  /** The head after the events that were added so far. */
  LedgerHead head() {
    return head;
  }

  /** Holds these changes against what their caller may do. */
  ChangeGuard guard() {
    return guard;
  }

  /** The time of these events. */
  Instant now() {
    return now;
  }

  /** Adds an event about an allocation, which is new if {@code before} is empty. */
  void add(EventKind kind, Optional<Allocation> before, Allocation after, AuditContext context) {
    guard.check(kind, before, after, context);
    add(EventChain.event(head, now, kind, before, after, context));
    if (kind == EventKind.ALLOCATE) {
      after.pool().ifPresent(pool -> granted.add(pool, now));
    }
  }

  /** Adds an event that is about no allocation. */
  void add(EventKind kind, Object after, AuditContext context) {
    guard.check(kind, context);
    add(EventChain.event(head, now, kind, EventJson.tree(after), context));
  }

  private void add(Event unsealed) {
    recordStep(handle, head, now);
    Event event = EventJson.sealed(unsealed);
    events.add(event);
    head = EventChain.next(head, event, now);
  }

  /** The events that were added, in order. */
  List<Event> added() {
    return List.copyOf(events);
  }

  /** Writes the events that were added, and the head; nothing if there are none. */
  void write() {
    if (!events.isEmpty()) {
      insert(handle, events);
      new GrantDayTable(handle).add(granted);
      new LedgerHeadTable(handle).update(head);
    }
  }

  /** Inserts events as they are, and does not move the head. */
  static void insert(Handle handle, List<Event> events) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO event (seq, at, kind, serial, revision, allocation_id, owner, actor, role,"
                + " credential, request_id, reason, state_before, state_after, previous_hash, hash)"
                + " VALUES (:seq, :at, :kind, :serial, :revision, :allocation, :owner, :actor,"
                + " :role, :credential, :requestId, :reason, :before, :after, :previousHash,"
                + " :hash)");
    for (Event event : events) {
      batch
          .bind("seq", event.seq())
          .bind("at", Instant.parse(event.at()))
          .bind("kind", event.kind())
          .bind("serial", event.serial())
          .bind("revision", event.revision())
          .bind("allocation", event.allocation())
          .bind("owner", event.owner())
          .bind("actor", event.actor())
          .bind("role", event.role())
          .bind("credential", event.credential())
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

  /** Records a step of the clock if the event after {@code before} steps back; logs odd times. */
  private static void recordStep(Handle handle, LedgerHead before, Instant reading) {
    EventChain.oddTime(before, reading, Instant.now())
        .ifPresent(what -> LOG.warn("event {}: {}", before.lastEvent() + 1, what));
    if (reading.isBefore(before.lastEventAt())) {
      handle.createUpdate("DELETE FROM clock_step WHERE at >= :at").bind("at", reading).execute();
      insertSteps(handle, Map.of(before.lastEvent() + 1, reading));
    }
  }

  /** Replaces all rows of {@code clock_step}; see {@link ClockReadings#steps}. */
  static void replaceSteps(Handle handle, Map<Long, Instant> steps) {
    handle.execute("DELETE FROM clock_step");
    insertSteps(handle, steps);
  }

  private static void insertSteps(Handle handle, Map<Long, Instant> steps) {
    PreparedBatch batch =
        handle.prepareBatch("INSERT INTO clock_step (seq, at) VALUES (:seq, :at)");
    steps.forEach((seq, at) -> batch.bind("seq", seq).bind("at", at).add());
    batch.execute();
  }
}
