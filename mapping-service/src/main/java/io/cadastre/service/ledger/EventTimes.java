/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Finds events by time. Their times are readings of a clock that may have been set back. The rows
 * of {@code clock_step}, mostly none, let a bisection find the last event at or before a time.
 */
final class EventTimes {
  private final Handle handle;

  EventTimes(Handle handle) {
    this.handle = handle;
  }

  /** The database's clock. */
  Instant now() {
    return handle.createQuery("SELECT CURRENT_TIMESTAMP").mapTo(Instant.class).one();
  }

  /**
   * The number of the last event whose time is {@code at} or earlier; 0 if there is none.
   *
   * @param last the number of the last event of the ledger
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

  /**
   * A number before which no event has the time {@code at} or a later one: the first that has, or 1
   * if the clock has been set back.
   *
   * @param last the number of the last event of the ledger
   */
  long firstAt(Instant at, long last) {
    return nextStep(0, 0) > 0 ? 1 : lastAt(at.minusNanos(1), last) + 1;
  }

  private long stepBefore(Instant at) {
    return handle
        .createQuery("SELECT seq FROM clock_step WHERE at <= :at ORDER BY at DESC LIMIT 1")
        .bind("at", at)
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

  /** A missing event counts as later than any time; the check of the ledger reports it. */
  private boolean isAfter(long number, Instant at) {
    return handle
        .createQuery("SELECT at FROM event WHERE seq = :seq")
        .bind("seq", number)
        .mapTo(Instant.class)
        .findOne()
        .map(reading -> reading.isAfter(at))
        .orElse(true);
  }
}
