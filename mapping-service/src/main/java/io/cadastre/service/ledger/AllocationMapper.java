/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads rows of {@code allocation}. Finds the columns by their names once for all rows of a result:
 * a look-up by name costs more than the value.
 */
final class AllocationMapper implements RowMapper<Allocation> {
  private static final Duration UNREADABLE_RETRY = Duration.ofMinutes(1);

  @Override
  public Allocation map(ResultSet row, StatementContext context) throws SQLException {
    return Columns.of(row).allocation(row);
  }

  @Override
  public RowMapper<Allocation> specialize(ResultSet rows, StatementContext context)
      throws SQLException {
    Columns columns = Columns.of(rows);
    return (row, unused) -> columns.allocation(row);
  }

  /** The places of the columns. */
  private record Columns(
      int id,
      int stableId,
      int name,
      int uidNumber,
      int gidNumber,
      int dn,
      int pool,
      int uidStart,
      int uidCount,
      int gidStart,
      int gidCount,
      int state,
      int serial,
      int revision) {

    static Columns of(ResultSet rows) throws SQLException {
      return new Columns(
          rows.findColumn("id"),
          rows.findColumn("stable_id"),
          rows.findColumn("name"),
          rows.findColumn("uid_number"),
          rows.findColumn("gid_number"),
          rows.findColumn("dn"),
          rows.findColumn("pool"),
          rows.findColumn("uid_start"),
          rows.findColumn("uid_count"),
          rows.findColumn("gid_start"),
          rows.findColumn("gid_count"),
          rows.findColumn("state"),
          rows.findColumn("serial"),
          rows.findColumn("revision"));
    }

    /**
     * The allocation in this row.
     *
     * @throws Unavailable if the row was edited and holds no valid allocation
     */
    Allocation allocation(ResultSet row) throws SQLException {
      try {
        return new Allocation(
            row.getObject(id, UUID.class),
            new Owner(
                row.getString(stableId),
                new OwnerName(row.getString(name)),
                row.getLong(uidNumber),
                row.getLong(gidNumber),
                Optional.ofNullable(row.getString(dn))),
            Optional.ofNullable(row.getString(pool)),
            new IdRange(row.getLong(uidStart), row.getLong(uidCount)),
            new IdRange(row.getLong(gidStart), row.getLong(gidCount)),
            AllocationState.of(row.getString(state)),
            row.getLong(serial),
            row.getLong(revision));
      } catch (IllegalArgumentException e) {
        throw new Unavailable(
            "a row of the table allocation was edited and cannot be read: %s. Stop the service and run: cadastre events settle CONFIG --dry-run"
                .formatted(e.getMessage()),
            UNREADABLE_RETRY,
            e);
      }
    }
  }
}
