/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.DismissedEntry;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Reads what the ledger keeps about the directory: the owners to publish, the ranges and entries
 * found there, and the real IDs that it has shown.
 */
final class DirectoryQueries {
  private final Handle handle;

  DirectoryQueries(Handle handle) {
    this.handle = handle;
  }

  /** The owners to publish, longest waiting first; those that the directory refused come last. */
  List<OutboxEntry> dirtyOwners(int limit) {
    return handle
        .createQuery("SELECT * FROM outbox ORDER BY attempts, generation LIMIT :limit")
        .bind("limit", limit)
        .mapTo(OutboxEntry.class)
        .list();
  }

  /** The owners among these that wait to be published. */
  Set<String> dirtyAmong(List<String> stableIds) {
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
        .createQuery("SELECT stable_id FROM outbox WHERE stable_id = :stableId")
        .bind("stableId", stableId)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  OutboxAge outboxAge(Instant now) {
    long owners = handle.createQuery("SELECT COUNT(*) FROM outbox").mapTo(Long.class).one();
    Optional<Instant> since =
        handle.createQuery("SELECT MIN(since) FROM outbox").mapTo(Instant.class).findOne();
    return new OutboxAge(
        owners, since.map(oldest -> Duration.between(oldest, now)).orElse(Duration.ZERO));
  }

  /** The ranges in the directory that the ledger does not know, of both types. */
  List<ForeignRange> foreignRanges() {
    return handle
        .createQuery("SELECT * FROM foreign_range ORDER BY first_id, id_type")
        .mapTo(ForeignRange.class)
        .list();
  }

  /** The DN of a foreign range that overlaps {@code range}, the first by its start. */
  Optional<String> foreignOverlapping(IdType type, IdRange range) {
    return handle
        .createQuery(
            "SELECT source FROM foreign_range WHERE id_type = :type AND first_id <= :last"
                + " AND last_id >= :first ORDER BY first_id LIMIT 1")
        .bind("type", type)
        .bind("first", range.start())
        .bind("last", range.last())
        .mapTo(String.class)
        .findOne();
  }

  boolean isDismissed(DismissedEntry entry) {
    return handle
        .createQuery("SELECT fingerprint FROM dismissed_entry WHERE fingerprint = :fingerprint")
        .bind("fingerprint", entry.fingerprint())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** The real IDs that reads have shown, by type and number. */
  List<KnownId> realIds() {
    return handle
        .createQuery("SELECT id_type, id, gone_since FROM real_id ORDER BY id_type, id")
        .mapTo(KnownId.class)
        .list();
  }

  boolean remembersNoIds() {
    return handle.createQuery("SELECT id FROM real_id LIMIT 1").mapTo(Long.class).list().isEmpty();
  }
}
