/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The one row of {@code ledger}, whose lock is the ledger's lock. */
final class LedgerHeadTable {
  private final Handle handle;

  LedgerHeadTable(Handle handle) {
    this.handle = handle;
  }

  /** Where the ledger stands; empty before it is created. */
  Optional<LedgerHead> find() {
    return find("");
  }

  /** Where the ledger stands, and nobody else changes it before this transaction ends. */
  LedgerHead locked() {
    return findLocked().orElseThrow();
  }

  /** The same; empty before it is created. */
  Optional<LedgerHead> findLocked() {
    return find(" FOR UPDATE");
  }

  private Optional<LedgerHead> find(String lock) {
    return handle
        .createQuery("SELECT * FROM ledger WHERE id = 1" + lock)
        .map(
            (row, context) ->
                new LedgerHead(
                    row.getObject("uuid", UUID.class),
                    row.getLong("serial"),
                    row.getLong("last_event"),
                    row.getObject("last_event_at", OffsetDateTime.class).toInstant(),
                    row.getString("head")))
        .findOne();
  }

  void insert(LedgerHead head) {
    write(
        "INSERT INTO ledger (id, uuid, serial, last_event, last_event_at, head)"
            + " VALUES (1, :uuid, :serial, :lastEvent, :at, :hash)",
        head);
  }

  void update(LedgerHead head) {
    write(
        "UPDATE ledger SET uuid = :uuid, serial = :serial, last_event = :lastEvent,"
            + " last_event_at = :at, head = :hash WHERE id = 1",
        head);
  }

  private void write(String sql, LedgerHead head) {
    handle
        .createUpdate(sql)
        .bind("uuid", head.uuid())
        .bind("serial", head.serial())
        .bind("lastEvent", head.lastEvent())
        .bind("at", head.lastEventAt().atOffset(ZoneOffset.UTC))
        .bind("hash", head.hash())
        .execute();
  }

  /**
   * What the database's clock reads now, as exactly as it keeps a time. H2 asks its clock when a
   * transaction first asks it, PostgreSQL's CURRENT_TIMESTAMP when the transaction begins: before
   * it has waited for the lock.
   *
   * @param h2 whether CURRENT_TIMESTAMP will do: on H2, or where no lock is held
   */
  Instant reading(boolean h2) {
    return handle
        .createQuery(h2 ? "SELECT CURRENT_TIMESTAMP" : "SELECT clock_timestamp()")
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant()
        .truncatedTo(ChronoUnit.MICROS);
  }
}
