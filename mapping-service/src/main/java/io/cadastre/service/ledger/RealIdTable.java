/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes the IDs of accounts and groups that reads of the directory have shown, and since when an
 * ID is gone. A row changes only when its ID appears, disappears, returns or is forgotten.
 */
final class RealIdTable {
  private static final String THIS = " WHERE id_type = :type AND id = :id";

  private final Handle handle;

  RealIdTable(Handle handle) {
    this.handle = handle;
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
        .bind("type", change.type())
        .bindArray("ids", Long.class, change.ids())
        .execute();
  }

  /** One row at a time: for an array, H2 would read every row of the type. */
  private void each(String sql, RealIdChange change) {
    PreparedBatch batch = handle.prepareBatch(sql);
    boolean hasTime = change.kind() == RealIdChange.Kind.DISAPPEARED;
    for (long id : change.ids()) {
      if (hasTime) {
        batch.bind("at", change.at());
      }
      batch.bind("type", change.type()).bind("id", id).add();
    }
    batch.execute();
  }

  /** Deletes the IDs of the range that are gone, of both types. */
  ForgottenIds forget(IdRange range) {
    return new ForgottenIds(
        range.start(), range.last(), forget(IdType.SUBUID, range), forget(IdType.SUBGID, range));
  }

  private int forget(IdType type, IdRange range) {
    return handle
        .createUpdate(
            "DELETE FROM real_id WHERE id_type = :type AND id BETWEEN :first AND :last"
                + " AND gone_since IS NOT NULL")
        .bind("type", type)
        .bind("first", range.start())
        .bind("last", range.last())
        .execute();
  }
}
