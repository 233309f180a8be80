/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The IDs of accounts and groups that reads of the directory have shown, and since when one is
 * gone. A row is written only when an ID appears, disappears, returns or is forgotten.
 */
final class RealIdTable {
  private static final String THIS = " WHERE id_type = :type AND id = :id";

  private final Handle handle;

  RealIdTable(Handle handle) {
    this.handle = handle;
  }

  /** Every ID, by type and number. */
  List<KnownId> all() {
    return handle
        .createQuery("SELECT id_type, id, gone_since FROM real_id ORDER BY id_type, id")
        .map(
            (row, context) ->
                new KnownId(
                    row.getString("id_type").equals(IdType.SUBUID.word())
                        ? IdType.SUBUID
                        : IdType.SUBGID,
                    row.getLong("id"),
                    Optional.ofNullable(row.getObject("gone_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
        .list();
  }

  /** Whether no ID is known at all. */
  boolean isEmpty() {
    return handle.createQuery("SELECT id FROM real_id LIMIT 1").mapTo(Long.class).list().isEmpty();
  }

  /** Writes a change. */
  void apply(RealIdChange change) {
    switch (change.kind()) {
      case APPEARED -> insert(change);
      case RETURNED -> each("UPDATE real_id SET gone_since = NULL" + THIS, change);
      case DISAPPEARED -> each("UPDATE real_id SET gone_since = :at" + THIS, change);
      case EXPIRED -> each("DELETE FROM real_id" + THIS, change);
    }
  }

  private void insert(RealIdChange change) {
    handle
        .createUpdate(
            "INSERT INTO real_id (id_type, id) SELECT CAST(:type AS VARCHAR), t.id"
                + " FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS t (id)")
        .bind("type", change.type().word())
        .bindArray("ids", Long.class, change.ids())
        .execute();
  }

  /** One by one: for an array H2 would look at every row of the type. */
  private void each(String sql, RealIdChange change) {
    PreparedBatch batch = handle.prepareBatch(sql);
    boolean hasTime = change.kind() == RealIdChange.Kind.DISAPPEARED;
    for (long id : change.ids()) {
      if (hasTime) {
        batch.bind("at", change.at().atOffset(ZoneOffset.UTC));
      }
      batch.bind("type", change.type().word()).bind("id", id).add();
    }
    batch.execute();
  }

  /** Forgets the IDs of a range that are gone; returns how many there were of this type. */
  int forget(IdType type, IdRange range) {
    return handle
        .createUpdate(
            "DELETE FROM real_id WHERE id_type = :type AND id BETWEEN :first AND :last"
                + " AND gone_since IS NOT NULL")
        .bind("type", type.word())
        .bind("first", range.start())
        .bind("last", range.last())
        .execute();
  }
}
