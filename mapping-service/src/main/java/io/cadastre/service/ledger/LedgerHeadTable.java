/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads, locks and writes the one row of {@code ledger}. The lock of that row is the ledger's lock.
 */
final class LedgerHeadTable {
  private final Handle handle;

  LedgerHeadTable(Handle handle) {
    this.handle = handle;
  }

  /** The head; empty before the ledger is created. */
  Optional<LedgerHead> find() {
    return find("");
  }

  /** The head, with the row locked: no other change to the ledger can run until the end of this. */
  LedgerHead lock() {
    return findAndLock().orElseThrow();
  }

  /** The head, with the row locked; empty before the ledger is created. */
  Optional<LedgerHead> findAndLock() {
    return find(" FOR UPDATE");
  }

  private Optional<LedgerHead> find(String lock) {
    return handle
        .createQuery("SELECT * FROM ledger WHERE id = 1" + lock)
        .mapTo(LedgerHead.class)
        .findOne();
  }

  void insert(LedgerHead head) {
    write(
        "INSERT INTO ledger (id, uuid, serial, revision, last_event, last_event_at, head)"
            + " VALUES (1, :uuid, :serial, :revision, :lastEvent, :at, :hash)",
        head);
  }

  void update(LedgerHead head) {
    write(
        "UPDATE ledger SET uuid = :uuid, serial = :serial, revision = :revision,"
            + " last_event = :lastEvent, last_event_at = :at, head = :hash WHERE id = 1",
        head);
  }

  private void write(String sql, LedgerHead head) {
    handle
        .createUpdate(sql)
        .bind("uuid", head.uuid())
        .bind("serial", head.serial())
        .bind("revision", head.revision())
        .bind("lastEvent", head.lastEvent())
        .bind("at", head.lastEventAt())
        .bind("hash", head.hash())
        .execute();
  }

  /**
   * The time of the database's clock, in microseconds, as the tables store it.
   *
   * @param h2 whether to ask for CURRENT_TIMESTAMP. H2 reads its clock when a transaction first
   *     asks. PostgreSQL reads it when the transaction starts, before the wait for the lock.
   */
  Instant reading(boolean h2) {
    return handle
        .createQuery(h2 ? "SELECT CURRENT_TIMESTAMP" : "SELECT clock_timestamp()")
        .mapTo(Instant.class)
        .one()
        .truncatedTo(ChronoUnit.MICROS);
  }
}
