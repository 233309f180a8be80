/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes the outbox: the set of owners to publish. The generation of a row grows with every change
 * to its owner, so that draining can tell whether the owner has changed meanwhile.
 */
final class OutboxTable {
  private final Handle handle;

  OutboxTable(Handle handle) {
    this.handle = handle;
  }

  /** Adds owners; an owner in the set gets the new generation and keeps the time of waiting. */
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
        bind(insert, owner).bind("since", now).add();
      }
    }
    insert.execute();
  }

  private static PreparedBatch bind(PreparedBatch batch, OutboxEntry owner) {
    return batch.bind("stableId", owner.stableId()).bind("generation", owner.generation());
  }

  /** Removes owners, except those that have changed since. */
  void done(List<OutboxEntry> owners) {
    PreparedBatch batch =
        handle.prepareBatch(
            "DELETE FROM outbox WHERE stable_id = :stableId AND generation = :generation");
    owners.forEach(owner -> bind(batch, owner).add());
    batch.execute();
  }

  /**
   * Moves an owner that the directory refused behind those refused less often. A start of the wait
   * that lies in the future, from a clock that was ahead, becomes now.
   */
  void postpone(OutboxEntry owner) {
    handle
        .createUpdate(
            "UPDATE outbox SET attempts = attempts + 1,"
                + " since = LEAST(since, CURRENT_TIMESTAMP) WHERE stable_id = :stableId")
        .bind("stableId", owner.stableId())
        .execute();
  }
}
