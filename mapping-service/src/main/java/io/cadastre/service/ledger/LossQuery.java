/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.subid.AllocationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Counts lost owners by the events of the last 24 hours. The cost grows with those events only. */
final class LossQuery {
  private static final Duration DAY = Duration.ofHours(24);
  private static final long STEP = 10_000;

  /**
   * How {@link EventJson} writes the state of an active allocation. No name can hold this text:
   * JSON writes a quotation mark within a string with a backslash before it.
   */
  private static final String ACTIVE = "%,\"state\":\"active\",%";

  private final Handle handle;

  LossQuery(Handle handle) {
    this.handle = handle;
  }

  /** The losses of the last 24 hours, or since a loss was last accepted. */
  RecentLosses upTo(long lastEvent) {
    Instant now = handle.createQuery("SELECT CURRENT_TIMESTAMP").mapTo(Instant.class).one();
    long since = last(now.minus(DAY), lastEvent);
    return new RecentLosses(withheldSince(since), activeNow() - activatedSince(since));
  }

  /** The number of the last event at or before that time or of the last accepted loss; or 0. */
  private long last(Instant dayAgo, long lastEvent) {
    // By pages from the end: H2 reads no index backwards, and a clock may have been set back.
    for (long upTo = lastEvent; upTo > 0; upTo -= STEP) {
      Optional<Long> found =
          handle
              .createQuery(
                  "SELECT MAX(seq) FROM event WHERE seq > :from AND seq <= :upTo"
                      + " AND (at <= :dayAgo OR kind = :accepted)")
              .bind("from", upTo - STEP)
              .bind("upTo", upTo)
              .bind("dayAgo", dayAgo)
              .bind("accepted", EventKind.ACCEPT_LOSS)
              .mapTo(Long.class)
              .findOne();
      if (found.isPresent()) {
        return found.get();
      }
    }
    return 0;
  }

  private long withheldSince(long since) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM allocation a WHERE a.state = :withheld AND EXISTS (SELECT 1 FROM"
                + " event e WHERE e.allocation_id = a.id AND e.seq > :since AND e.kind = :withhold)")
        .bind("withheld", AllocationState.WITHHELD)
        .bind("withhold", EventKind.WITHHOLD)
        .bind("since", since)
        .mapTo(Long.class)
        .one();
  }

  private long activeNow() {
    return handle
        .createQuery("SELECT COUNT(*) FROM allocation WHERE state = :active")
        .bind("active", AllocationState.ACTIVE)
        .mapTo(Long.class)
        .one();
  }

  /** How many more allocations became active than stopped being active. */
  private long activatedSince(long since) {
    return handle
        .createQuery(
            "SELECT COALESCE(SUM(CASE WHEN state_after LIKE :active THEN 1 ELSE 0 END"
                + " - CASE WHEN state_before LIKE :active THEN 1 ELSE 0 END), 0)"
                + " FROM event WHERE seq > :since AND allocation_id IS NOT NULL")
        .bind("active", ACTIVE)
        .bind("since", since)
        .mapTo(Long.class)
        .one();
  }
}
