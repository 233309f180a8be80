/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The dirty owners. A row's generation grows with every change, so that draining one can tell
 * whether the owner changed meanwhile.
 */
final class OutboxTable {
  private final Handle handle;

  OutboxTable(Handle handle) {
    this.handle = handle;
  }

  /** Marks owners; one who is marked already keeps the time he waits since. */
  void mark(Collection<OutboxEntry> owners, Instant now) {
    PreparedBatch update =
        handle.prepareBatch(
            "UPDATE outbox SET generation = :generation WHERE stable_id = :stableId");
    owners.forEach(owner -> bind(update, owner).add());
    int[] updated = update.execute();
    PreparedBatch insert =
        handle.prepareBatch(
            "INSERT INTO outbox (stable_id, generation, attempts, since)"
                + " VALUES (:stableId, :generation, 0, :since)");
    int i = 0;
    for (OutboxEntry owner : owners) {
      if (updated[i++] == 0) {
        bind(insert, owner).bind("since", now.atOffset(ZoneOffset.UTC)).add();
      }
    }
    insert.execute();
  }

  private static PreparedBatch bind(PreparedBatch batch, OutboxEntry owner) {
    return batch.bind("stableId", owner.stableId()).bind("generation", owner.generation());
  }

  /**
   * The dirty owners, longest waiting first, but those that the directory refused behind others.
   */
  List<OutboxEntry> oldest(int limit) {
    return handle
        .createQuery("SELECT * FROM outbox ORDER BY attempts, generation LIMIT :limit")
        .bind("limit", limit)
        .map(
            (row, context) ->
                new OutboxEntry(row.getString("stable_id"), row.getLong("generation")))
        .list();
  }

  /** Deletes the row of each who has not changed since. */
  void done(List<OutboxEntry> owners) {
    PreparedBatch batch =
        handle.prepareBatch(
            "DELETE FROM outbox WHERE stable_id = :stableId AND generation = :generation");
    owners.forEach(owner -> bind(batch, owner).add());
    batch.execute();
  }

  /**
   * Puts an owner that the directory refused behind those who were refused less often. One who was
   * marked by a clock that was ahead waits from now on, or the wait would show only years later.
   */
  void postpone(OutboxEntry owner) {
    handle
        .createUpdate(
            "UPDATE outbox SET attempts = attempts + 1,"
                + " since = LEAST(since, CURRENT_TIMESTAMP) WHERE stable_id = :stableId")
        .bind("stableId", owner.stableId())
        .execute();
  }

  /** Those of these owners who are dirty. */
  Set<String> among(List<String> stableIds) {
    return stableIds.isEmpty()
        ? Set.of()
        : handle
            .createQuery("SELECT stable_id FROM outbox WHERE stable_id = ANY(:stableIds)")
            .bindArray("stableIds", String.class, stableIds)
            .mapTo(String.class)
            .set();
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
