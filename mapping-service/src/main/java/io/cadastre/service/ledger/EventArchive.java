/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.PoolRecord;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Pool;
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
        queries -> {
          try (Stream<Event> events = queries.allEvents()) {
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
  public static LedgerHead verify(Stream<String> lines) {
    return verify(lines, finding -> {});
  }

  /**
   * Checks the same.
   *
   * @param findings takes what is odd and not wrong: times that go back or lie ahead
   * @return the head that they lead to
   * @throws Refused naming the line that breaks the chain
   */
  public static LedgerHead verify(Stream<String> lines, Consumer<Finding> findings) {
    EventFold fold = walk(lines, event -> {});
    fold.clock().findings().forEach(findings);
    return fold.head();
  }

  /**
   * Replays these lines into this ledger, which must be fresh or not created yet; all or nothing.
   *
   * @throws Refused if the ledger is not fresh or a line breaks the chain
   */
  public LedgerHead replay(Stream<String> lines) {
    LedgerHead[] result = new LedgerHead[1];
    ledger.fill(
        handle -> {
          LedgerHeadTable heads = new LedgerHeadTable(handle);
          Optional<LedgerHead> created = heads.findLocked();
          created.ifPresent(EventArchive::requireFresh);
          handle.execute("DELETE FROM event");
          LedgerQueries queries = new LedgerQueries(handle);
          EventFold fold = walk(lines, event -> apply(queries, event));
          result[0] = fold.head();
          if (created.isPresent()) {
            heads.update(result[0]);
          } else {
            heads.insert(result[0]);
          }
          new ClockStepTable(handle).replace(fold.clock().steps());
          setCounters(queries, fold.allocations());
        });
    return result[0];
  }

  /**
   * Checks that a ledger with this head has nothing but its own first event.
   *
   * @throws Refused otherwise
   */
  public static void requireFresh(LedgerHead head) {
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

  private static void apply(LedgerQueries queries, Event event) {
    switch (EventKind.of(event.kind())) {
      case LEDGER, SETTLE, ACCEPT_LOSS, FORGET_IDS -> {}
      case DISMISS -> queries.dismissed.add(EventJson.value(event.after(), DismissedEntry.class));
      case POOL -> {
        Pool pool = EventJson.value(event.after(), PoolRecord.class).toPool();
        queries.pools.insert(pool, queries.pools().size());
      }
      case SEGMENT -> {
        Pool pool = EventJson.value(event.after(), PoolRecord.class).toPool();
        int known = queries.pool(pool.name()).orElseThrow().segments().size();
        for (int i = known; i < pool.segments().size(); i++) {
          queries.pools.insertSegment(pool.name(), i, pool.segments().get(i));
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
          queries.allocations.insert(List.of(after));
        } else {
          queries.allocations.update(after);
        }
      }
    }
    queries.events.insert(List.of(event));
  }

  /** Claims and blocks what the allocations claim and block; counters go behind the last claim. */
  private static void setCounters(LedgerQueries queries, FoldedAllocations allocations) {
    SlotBlocks blocks = new SlotBlocks(queries);
    Map<String, Long> next = new HashMap<>();
    allocations
        .claims()
        .forEach(
            (slot, id) -> {
              queries.slots.claim(slot, id);
              next.merge(slot.pool(), slot.number() + 1, Math::max);
            });
    allocations.offGrid().forEach(blocks::touchedBy);
    next.forEach(queries.pools::setNextSlot);
  }
}
