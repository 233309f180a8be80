/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads a row of each table, by the names of its columns. */
final class LedgerRows {
  private static final Duration UNREADABLE_RETRY = Duration.ofMinutes(1);

  private LedgerRows() {}

  /**
   * Reads a row of {@code allocation}.
   *
   * @throws Unavailable if the row was edited and holds no valid allocation
   */
  static Allocation allocation(ResultSet row) throws SQLException {
    try {
      return new Allocation(
          row.getObject("id", UUID.class),
          new Owner(
              row.getString("stable_id"),
              new OwnerName(row.getString("name")),
              row.getLong("uid_number"),
              row.getLong("gid_number"),
              text(row, "dn")),
          text(row, "pool"),
          new IdRange(row.getLong("uid_start"), row.getLong("uid_count")),
          new IdRange(row.getLong("gid_start"), row.getLong("gid_count")),
          AllocationState.of(row.getString("state")),
          row.getLong("serial"));
    } catch (IllegalArgumentException e) {
      throw new Unavailable(
          "a row of the table allocation was edited and cannot be read: %s. Stop the service and run: cadastre events settle CONFIG --dry-run"
              .formatted(e.getMessage()),
          UNREADABLE_RETRY,
          e);
    }
  }

  /** Reads a row of {@code event}. */
  static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("seq"),
        instant(row, "at").orElseThrow().toString(),
        row.getString("kind"),
        row.getLong("serial"),
        Optional.ofNullable(row.getObject("allocation_id", UUID.class)),
        text(row, "owner"),
        row.getString("actor"),
        text(row, "request_id"),
        text(row, "reason"),
        text(row, "state_before").map(EventJson::parse),
        EventJson.parse(row.getString("state_after")),
        row.getString("previous_hash"),
        row.getString("hash"));
  }

  /** Reads the row of {@code ledger}. */
  static LedgerHead head(ResultSet row) throws SQLException {
    return new LedgerHead(
        row.getObject("uuid", UUID.class),
        row.getLong("serial"),
        row.getLong("last_event"),
        instant(row, "last_event_at").orElseThrow(),
        row.getString("head"));
  }

  /** Reads a range from the columns {@code first_id} and {@code last_id}, both inclusive. */
  static IdRange range(ResultSet row) throws SQLException {
    return IdRange.between(row.getLong("first_id"), row.getLong("last_id"));
  }

  /** Reads a row of {@code slot} that is blocked. */
  static BlockedSlot blockedSlot(ResultSet row) throws SQLException {
    return new BlockedSlot(
        row.getString("pool"), row.getLong("slot"), BlockReason.parse(row.getString("blocked_by")));
  }

  /** Reads a row of {@code foreign_range}. */
  static ForeignRange foreignRange(ResultSet row) throws SQLException {
    return new ForeignRange(type(row), range(row), row.getString("source"));
  }

  /** Reads a row of {@code real_id}. */
  static KnownId knownId(ResultSet row) throws SQLException {
    return new KnownId(type(row), row.getLong("id"), instant(row, "gone_since"));
  }

  /** Reads a row of {@code outbox}. */
  static OutboxEntry outboxEntry(ResultSet row) throws SQLException {
    return new OutboxEntry(row.getString("stable_id"), row.getLong("generation"));
  }

  /** The instant in a column; empty for NULL. */
  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static IdType type(ResultSet row) throws SQLException {
    return row.getString("id_type").equals(IdType.SUBUID.word()) ? IdType.SUBUID : IdType.SUBGID;
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
