/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.subid.Allocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes the events of the hash chain, and checks that an event continues it. */
public final class EventChain {
  /** The largest step back that replicas, leap seconds and time daemons explain. */
  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private static final Duration AHEAD = Duration.ofDays(1);

  private EventChain() {}

  /** An event without its hash that is about no allocation. */
  public static Event event(
      LedgerHead head, Instant now, EventKind kind, JsonNode after, AuditContext context) {
    return new Event(
        head.lastEvent() + 1,
        now.toString(),
        kind.word(),
        head.serial(),
        Optional.of(head.revision() + 1),
        Optional.empty(),
        Optional.empty(),
        context.actor(),
        context.role(),
        context.credential(),
        context.requestId(),
        context.reason(),
        Optional.empty(),
        after,
        head.hash(),
        "");
  }

  /** An event without its hash about an allocation, which is new if {@code before} is empty. */
  public static Event event(
      LedgerHead head,
      Instant now,
      EventKind kind,
      Optional<Allocation> before,
      Allocation after,
      AuditContext context) {
    return new Event(
        head.lastEvent() + 1,
        now.toString(),
        kind.word(),
        Math.max(after.serial(), head.serial()),
        Optional.of(Math.max(after.revision(), head.revision() + 1)),
        Optional.of(after.id()),
        Optional.of(after.owner().name().value()),
        context.actor(),
        context.role(),
        context.credential(),
        context.requestId(),
        context.reason(),
        before.map(b -> EventJson.tree(AllocationRecord.of(b))),
        EventJson.tree(AllocationRecord.of(after)),
        head.hash(),
        "");
  }

  /** The head after this event. */
  public static LedgerHead next(LedgerHead head, Event event) {
    return next(head, event, Instant.parse(event.at()));
  }

  /** The head after this event, with its time as an instant: this saves parsing it. */
  public static LedgerHead next(LedgerHead head, Event event, Instant at) {
    return new LedgerHead(
        head.uuid(), event.serial(), revision(head, event), event.seq(), at, event.hash());
  }

  /**
   * The revision of the event after {@code head}. An event of an earlier version has none: it moves
   * the revision by one, so the revision of the first event without one, and of all events before
   * it, is the number of the event.
   */
  public static long revision(LedgerHead head, Event event) {
    return event.revision().orElse(head.revision() + 1);
  }

  /**
   * Checks that {@code event} is unchanged since it was written, and follows {@code head}.
   *
   * @param hash the hash computed from the event
   * @throws IllegalArgumentException if it was changed or does not follow
   */
  public static void checkFollows(LedgerHead head, Event event, String hash) {
    if (event.seq() != head.lastEvent() + 1) {
      throw new IllegalArgumentException(
          "event %d is missing: %d comes after %d"
              .formatted(head.lastEvent() + 1, event.seq(), head.lastEvent()));
    }
    if (!event.previousHash().equals(head.hash())) {
      throw new IllegalArgumentException(
          "event %d does not follow event %d: it names the hash \"%s\", that one has \"%s\""
              .formatted(event.seq(), head.lastEvent(), event.previousHash(), head.hash()));
    }
    if (!hash.equals(event.hash())) {
      throw new IllegalArgumentException(
          "event %d was changed: it hashes to %s, its hash is %s"
              .formatted(event.seq(), hash, event.hash()));
    }
  }

  /**
   * Describes an odd time of the event after {@code before}: over 5 s before the event before it,
   * or over a day ahead. Of several events after one step of the clock, only the first is odd.
   *
   * @param now the service's clock
   */
  public static Optional<String> oddTime(LedgerHead before, Instant reading, Instant now) {
    boolean first = before.lastEvent() == 0;
    if (!first && reading.isBefore(before.lastEventAt().minus(TOLERATED))) {
      return Optional.of(
          "the clock reads %s, %d s before the event before it"
              .formatted(reading, Duration.between(reading, before.lastEventAt()).toSeconds()));
    }
    Instant latest = now.plus(AHEAD);
    return reading.isAfter(latest) && (first || !before.lastEventAt().isAfter(latest))
        ? Optional.of(
            "the clock reads %s, over a day ahead of the service's %s".formatted(reading, now))
        : Optional.empty();
  }
}
