/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The dirty owners. A row's generation grows with every change, so that draining one can tell
 * whether the owner changed meanwhile.
 */
final class OutboxTable {
  private final Handle handle;

  OutboxTable(Handle handle) {
    this.handle = handle;
  }

  /**
   * Marks an owner.
   *
   * @param generation the number of the event that made him dirty
   * @param fresh whether he has never been published: then an add will do
   */
  void mark(String stableId, long generation, boolean fresh, Instant now) {
    int updated =
        handle
            .createUpdate(
                "UPDATE outbox SET generation = :generation, fresh = FALSE"
                    + " WHERE stable_id = :stableId")
            .bind("generation", generation)
            .bind("stableId", stableId)
            .execute();
    if (updated == 0) {
      handle
          .createUpdate(
              "INSERT INTO outbox (stable_id, generation, fresh, attempts, since)"
                  + " VALUES (:stableId, :generation, :fresh, 0, :since)")
          .bind("stableId", stableId)
          .bind("generation", generation)
          .bind("fresh", fresh)
          .bind("since", now.atOffset(ZoneOffset.UTC))
          .execute();
    }
  }

  /**
   * The dirty owners, longest waiting first, but those that the directory refused behind others.
   */
  List<DirtyOwner> oldest(int limit) {
    return handle
        .createQuery("SELECT * FROM outbox ORDER BY attempts, generation LIMIT :limit")
        .bind("limit", limit)
        .map(
            (row, context) ->
                new DirtyOwner(
                    row.getString("stable_id"), row.getLong("generation"), row.getBoolean("fresh")))
        .list();
  }

  /** Deletes the row if the owner has not changed since. */
  void done(DirtyOwner owner) {
    handle
        .createUpdate("DELETE FROM outbox WHERE stable_id = :stableId AND generation = :generation")
        .bind("stableId", owner.stableId())
        .bind("generation", owner.generation())
        .execute();
  }

  /** Puts an owner whom the directory refused behind those who were refused less often. */
  void postpone(DirtyOwner owner) {
    handle
        .createUpdate("UPDATE outbox SET attempts = attempts + 1 WHERE stable_id = :stableId")
        .bind("stableId", owner.stableId())
        .execute();
  }

  boolean isDirty(String stableId) {
    return handle
            .createQuery("SELECT COUNT(*) FROM outbox WHERE stable_id = :stableId")
            .bind("stableId", stableId)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /** How many owners are dirty and since when the oldest has been. */
  OutboxAge age(Instant now) {
    return handle
        .createQuery("SELECT COUNT(*) AS owners, MIN(since) AS since FROM outbox")
        .map(
            (row, context) ->
                new OutboxAge(
                    row.getLong("owners"),
                    Optional.ofNullable(row.getObject("since", OffsetDateTime.class))
                        .map(since -> Duration.between(since.toInstant(), now))
                        .orElse(Duration.ZERO)))
        .one();
  }
}
