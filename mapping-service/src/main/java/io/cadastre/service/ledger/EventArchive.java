/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.Finding;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/**
 * Exports, verifies and replays the archive of a ledger: all events, one JSON object a line. A
 * replay into a fresh ledger makes it the same ledger, UUID and hashes included.
 */
public final class EventArchive {
  private final Ledger ledger;

  /** The archive of this ledger. */
  public EventArchive(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Passes on the line of each event, in order, without line ends. */
  public void export(Consumer<String> lines) {
    boolean unused =
        lines(
            all -> {
              all.forEach(lines);
              return true;
            });
  }

  /** Passes the lines of all events, in order, to this work, and returns its result. */
  public <T> T lines(Function<Stream<String>, T> work) {
    return ledger.read(
        queries -> {
          try (Stream<Event> events = queries.allEvents()) {
            return work.apply(events.map(EventJson::write));
          }
        });
  }

  /**
   * Checks that these lines are a whole chain from the first event on, and that a ledger could have
   * written them: no two ranges overlap, no owner has two allocations that count, no serial goes
   * back.
   *
   * @return the head after the last event
   * @throws Refused naming the line that breaks the chain
   */
  public static LedgerHead verify(Stream<String> lines) {
    return verify(lines, finding -> {});
  }

  /**
   * Checks the lines as {@link #verify(Stream)} does.
   *
   * @param findings receives odd times, which go back or lie in the future and are no error
   * @return the head after the last event
   * @throws Refused naming the line that breaks the chain
   */
  public static LedgerHead verify(Stream<String> lines, Consumer<Finding> findings) {
    EventFold fold = fold(lines, (event, revision) -> {});
    fold.clock().findings().forEach(findings);
    return fold.head();
  }

  /**
   * Replays these lines into this ledger, which must be fresh or not created yet, in one
   * transaction.
   *
   * @throws Refused if the ledger is not fresh or a line breaks the chain
   */
  public LedgerHead replay(Stream<String> lines) {
    return ledger.writeRows(
        handle -> {
          LedgerHeadTable heads = new LedgerHeadTable(handle);
          Optional<LedgerHead> created = heads.findAndLock();
          created.ifPresent(EventArchive::requireFresh);
          handle.execute("DELETE FROM event");
          handle.execute("DELETE FROM access_token");
          handle.execute("DELETE FROM node_report");
          EventReplay replay = new EventReplay(handle);
          EventFold fold = fold(lines, replay::apply);
          if (created.isPresent()) {
            heads.update(fold.head());
          } else {
            heads.insert(fold.head());
          }
          replay.finish(fold);
          return fold.head();
        });
  }

  /**
   * Checks that a ledger with this head has only its own first event.
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

  private static EventFold fold(Stream<String> lines, ObjLongConsumer<Event> next) {
    EventFold fold = new EventFold(Instant.now());
    lines.forEach(
        line -> {
          long number = fold.head().lastEvent() + 1;
          try {
            Event event = EventJson.read(line);
            fold.take(event);
            next.accept(event, fold.head().revision());
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
}
