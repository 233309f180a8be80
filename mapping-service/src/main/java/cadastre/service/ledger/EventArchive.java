/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.subid.Allocation;
import cadastre.subid.Finding;
import cadastre.subid.Pool;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

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
   * Checks that these lines are a whole chain from the first event on, and that a ledger could have
   * written them: no two ranges overlap, no owner has two allocations that count, no serial goes
   * back.
   *
   * @return the head that they lead to
   * @throws Refused naming the line that breaks the chain
   */
  public static Head verify(Stream<String> lines) {
    return verify(lines, finding -> {});
  }

  /**
   * Checks the same.
   *
   * @param findings takes what is odd and not wrong: times that go back or lie ahead
   * @return the head that they lead to
   * @throws Refused naming the line that breaks the chain
   */
  public static Head verify(Stream<String> lines, Consumer<Finding> findings) {
    EventFold fold = walk(lines, event -> {});
    fold.clock().findings().forEach(findings);
    return fold.head();
  }

  /**
   * Replays these lines into this ledger, which must be fresh or not created yet; all or nothing.
   *
   * @throws Refused if the ledger is not fresh or a line breaks the chain
   */
  public Head replay(Stream<String> lines) {
    Head[] result = new Head[1];
    ledger.fill(
        handle -> {
          HeadTable heads = new HeadTable(handle);
          Optional<Head> created = heads.findLocked();
          created.ifPresent(EventArchive::requireFresh);
          handle.execute("DELETE FROM event");
          LedgerReader reader = new LedgerReader(handle);
          EventFold fold = walk(lines, event -> apply(reader, event));
          result[0] = fold.head();
          if (created.isPresent()) {
            heads.update(result[0]);
          } else {
            heads.insert(result[0]);
          }
          new ClockStepTable(handle).replace(fold.clock().steps());
          setCounters(reader, fold.allocations());
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

  private static EventFold walk(Stream<String> lines, Consumer<Event> step) {
    EventFold fold = new EventFold(Instant.now());
    lines.forEach(
        line -> {
          long number = fold.head().lastEvent() + 1;
          try {
            Event event = EventJson.read(line);
            fold.take(event);
            step.accept(event);
          } catch (IllegalArgumentException | DateTimeException e) {
            throw refused(number, String.valueOf(e.getMessage()));
          } catch (JdbiException e) {
            throw DatabaseFailure.dataError(e)
                .<RuntimeException>map(why -> refused(number, why))
                .orElse(e);
          }
        });
    if (fold.head().lastEvent() == 0) {
      throw new Refused(RefusalCode.BAD_REQUEST, "the archive has no event");
    }
    return fold;
  }

  private static Refused refused(long line, String why) {
    return new Refused(
        RefusalCode.BAD_REQUEST, "line %d of the archive is refused: %s".formatted(line, why));
  }

  private static void apply(LedgerReader reader, Event event) {
    switch (EventKind.of(event.kind())) {
      case LEDGER, SETTLE, ACCEPT_LOSS, FORGET_IDS -> {}
      case DISMISS -> reader.dismissed.add(EventJson.value(event.after(), DismissedEntry.class));
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
          reader.allocations.insert(List.of(after));
        } else {
          reader.allocations.update(after);
        }
      }
    }
    reader.events.insert(List.of(event));
  }

  /** Claims and blocks what the allocations claim and block; counters go behind the last claim. */
  private static void setCounters(LedgerReader reader, FoldedAllocations allocations) {
    SlotBlocks blocks = new SlotBlocks(reader);
    Map<String, Long> next = new HashMap<>();
    allocations
        .claims()
        .forEach(
            (slot, id) -> {
              reader.slots.claim(slot, id);
              next.merge(slot.pool(), slot.number() + 1, Math::max);
            });
    allocations.offGrid().forEach(blocks::touchedBy);
    next.forEach(reader.pools::setNextSlot);
  }
}
