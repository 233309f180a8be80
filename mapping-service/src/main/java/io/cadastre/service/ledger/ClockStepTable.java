/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of {@code clock_step}, as {@link ClockReadings#steps} has them: mostly none. With them
 * the last event that reads a time or earlier is found by bisection, whatever the clock has done.
 */
final class ClockStepTable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockStepTable.class);

  private final Handle handle;

  ClockStepTable(Handle handle) {
    this.handle = handle;
  }

  /** Records it if the event after {@code before} steps back, and says so if that is odd. */
  void follow(LedgerHead before, Instant reading) {
    ClockReadings.oddity(before, reading, Instant.now())
        .ifPresent(what -> LOG.warn("event {}: {}", before.lastEvent() + 1, what));
    if (reading.isBefore(before.lastEventAt())) {
      add(before.lastEvent() + 1, reading);
    }
  }

  private void add(long number, Instant reading) {
    handle
        .createUpdate("DELETE FROM clock_step WHERE at >= :at")
        .bind("at", reading.atOffset(ZoneOffset.UTC))
        .execute();
    insert(Map.of(number, reading));
  }

  /** Makes these all the rows. */
  void replace(Map<Long, Instant> steps) {
    handle.execute("DELETE FROM clock_step");
    insert(steps);
  }

  private void insert(Map<Long, Instant> steps) {
    PreparedBatch batch =
        handle.prepareBatch("INSERT INTO clock_step (seq, at) VALUES (:seq, :at)");
    steps.forEach(
        (seq, at) -> batch.bind("seq", seq).bind("at", at.atOffset(ZoneOffset.UTC)).add());
    batch.execute();
  }

  /** All of them, by number. */
  Map<Long, Instant> all() {
    Map<Long, Instant> steps = new TreeMap<>();
    handle
        .createQuery("SELECT seq, at FROM clock_step")
        .map(
            (row, context) ->
                Map.entry(
                    row.getLong("seq"), row.getObject("at", OffsetDateTime.class).toInstant()))
        .forEach(step -> steps.put(step.getKey(), step.getValue()));
    return steps;
  }

  /**
   * The number of the last event that reads {@code at} or earlier, 0 if none does.
   *
   * @param last the number of the last event
   */
  long lastAt(Instant at, long last) {
    long low = stepBefore(at);
    if (low == 0 && isAfter(1, at)) {
      return 0;
    }
    low = Math.max(low, 1);
    long high = nextStep(low, last + 1) - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (isAfter(middle, at)) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private long stepBefore(Instant at) {
    return handle
        .createQuery("SELECT seq FROM clock_step WHERE at <= :at ORDER BY at DESC LIMIT 1")
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private long nextStep(long number, long otherwise) {
    return handle
        .createQuery("SELECT seq FROM clock_step WHERE seq > :seq ORDER BY seq LIMIT 1")
        .bind("seq", number)
        .mapTo(Long.class)
        .findOne()
        .orElse(otherwise);
  }

  /** An event that is missing reads later than anything: the check of the ledger will say so. */
  private boolean isAfter(long number, Instant at) {
    return handle
        .createQuery("SELECT at FROM event WHERE seq = :seq")
        .bind("seq", number)
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(reading -> reading.toInstant().isAfter(at))
        .orElse(true);
  }
}
