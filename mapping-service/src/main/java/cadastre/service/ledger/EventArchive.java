/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.subid.Allocation;
import cadastre.subid.IdType;
import cadastre.subid.Pool;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The archive of a ledger: all events, one JSON object a line. It can be written, verified without
 * a ledger, and replayed into a fresh one, which is then the same ledger, UUID and hashes included.
 */
public final class EventArchive {
  private final Ledger ledger;

  /** The archive of this ledger. */
  public EventArchive(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Gives every event's line, in order, without line ends. */
  public void export(Consumer<String> lines) {
    ledger.read(
        reader -> {
          try (Stream<Event> events = reader.allEvents()) {
            events.map(EventJson::write).forEach(lines);
          }
          return true;
        });
  }

  /**
   * Checks that these lines are a whole chain from the first event on.
   *
   * @return the head that they lead to
   * @throws Refused naming the line that breaks the chain
   */
  public static Head verify(Stream<String> lines) {
    return walk(lines, (event, head) -> {});
  }

  /**
   * Replays these lines into this ledger, which must be fresh; all or nothing.
   *
   * @throws Refused if the ledger is not fresh or a line breaks the chain
   */
  public Head replay(Stream<String> lines) {
    Head[] result = new Head[1];
    ledger.fill(
        handle -> {
          HeadTable heads = new HeadTable(handle);
          requireFresh(heads.locked());
          handle.execute("DELETE FROM event");
          LedgerReader reader = new LedgerReader(handle);
          result[0] = walk(lines, (event, head) -> apply(reader, event));
          heads.update(result[0]);
          setCounters(reader);
        });
    return result[0];
  }

  /**
   * Checks that a ledger with this head has nothing but its own first event.
   *
   * @throws Refused otherwise
   */
  public static void requireFresh(Head head) {
    if (head.lastEvent() != 1) {
      throw new Refused(
          RefusalCode.WRONG_STATE,
          "the ledger is not fresh: it has %d events. Replay into an empty database."
              .formatted(head.lastEvent()));
    }
  }

  private interface Step {
    void take(Event event, Head head);
  }

  private static Head walk(Stream<String> lines, Step step) {
    Head[] head = {new Head(new UUID(0, 0), 0, 0, Instant.EPOCH, "")};
    lines.forEach(
        line -> {
          try {
            Event event = EventJson.read(line);
            Chain.checkFollows(head[0], event);
            step.take(event, head[0]);
            head[0] = Chain.next(rooted(head[0], event), event);
          } catch (IllegalArgumentException | DateTimeException e) {
            throw new Refused(
                RefusalCode.BAD_REQUEST,
                "line %d of the archive is refused: %s"
                    .formatted(head[0].lastEvent() + 1, e.getMessage()));
          }
        });
    if (head[0].lastEvent() == 0) {
      throw new Refused(RefusalCode.BAD_REQUEST, "the archive has no event");
    }
    return head[0];
  }

  private static Head rooted(Head head, Event event) {
    if (!event.kind().equals(EventKind.LEDGER.word())) {
      return head;
    }
    UUID uuid = EventJson.value(event.after(), Ledger.LedgerRecord.class).ledger();
    return new Head(uuid, head.serial(), head.lastEvent(), head.lastEventAt(), head.hash());
  }

  private static void apply(LedgerReader reader, Event event) {
    switch (EventKind.of(event.kind())) {
      case LEDGER, ACCEPT_LOSS, FORGET_IDS -> {}
      case POOL -> {
        Pool pool = EventJson.value(event.after(), PoolRecord.class).toPool();
        reader.pools.insert(pool, reader.pools().size());
      }
      case SEGMENT -> {
        Pool pool = EventJson.value(event.after(), PoolRecord.class).toPool();
        int known = reader.pool(pool.name()).orElseThrow().segments().size();
        for (int i = known; i < pool.segments().size(); i++) {
          reader.pools.insertSegment(pool.name(), i, pool.segments().get(i));
        }
      }
      case ALLOCATE,
          IMPORT,
          ADOPT,
          RETIRE,
          REINSTATE,
          WITHHOLD,
          RESTORE,
          FOLLOW,
          SUPERSEDE,
          REBIND -> {
        Allocation after = EventJson.value(event.after(), AllocationRecord.class).toAllocation();
        if (event.before().isEmpty()) {
          checkFree(reader, after);
          reader.allocations.insert(List.of(after));
        } else {
          reader.allocations.update(after);
        }
      }
    }
    reader.events.insert(List.of(event));
  }

  private static void checkFree(LedgerReader reader, Allocation allocation) {
    for (IdType type : IdType.values()) {
      reader
          .overlapping(type, allocation.range(type))
          .ifPresent(
              other -> {
                throw new IllegalArgumentException(
                    "its %s range %s overlaps that of allocation %s"
                        .formatted(type.word(), allocation.range(type), other.id()));
              });
    }
  }

  /** Claims and blocks what the allocations claim and block; counters go behind the last claim. */
  private static void setCounters(LedgerReader reader) {
    SlotBlocks blocks = new SlotBlocks(reader);
    Map<String, Long> next = new HashMap<>();
    for (Allocation allocation : reader.all()) {
      Optional<Pool> pool = allocation.pool().flatMap(reader::pool);
      OptionalLong slot =
          pool.map(p -> p.slotOf(allocation.uidRange())).orElse(OptionalLong.empty());
      if (slot.isPresent()) {
        String name = pool.orElseThrow().name();
        reader.slots.claim(List.of(new Grant(allocation, slot)));
        next.merge(name, slot.getAsLong() + 1, Math::max);
      }
      blocks.touchedBy(allocation);
    }
    next.forEach(reader.pools::setNextSlot);
  }
}
