/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.subid.Allocation;
import java.time.Instant;
import java.util.Optional;

/** The chain of events: how one follows the other, and whether a given one does. */
public final class EventChain {
  private EventChain() {}

  /** An unsealed event that is about no allocation. */
  public static Event event(
      LedgerHead head, Instant now, EventKind kind, JsonNode after, AuditContext context) {
    return new Event(
        head.lastEvent() + 1,
        now.toString(),
        kind.word(),
        head.serial(),
        Optional.empty(),
        Optional.empty(),
        context.actor(),
        context.requestId(),
        context.reason(),
        Optional.empty(),
        after,
        head.hash(),
        "");
  }

  /** An unsealed event that is about an allocation, which is new if {@code before} is empty. */
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
        Optional.of(after.id()),
        Optional.of(after.owner().name().value()),
        context.actor(),
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

  /** The same, for whoever knows the event's time. */
  public static LedgerHead next(LedgerHead head, Event event, Instant at) {
    return new LedgerHead(head.uuid(), event.serial(), event.seq(), at, event.hash());
  }

  /**
   * Checks that {@code event} is what it was when it was written, and follows {@code head}.
   *
   * @param hash what the event hashes to
   * @throws IllegalArgumentException saying what does not fit
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
}
