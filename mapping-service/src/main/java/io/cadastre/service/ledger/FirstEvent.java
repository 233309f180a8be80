/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.failure.Unavailable;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Creates a ledger in the tables of a database: the row of {@code ledger}, and its first event. */
final class FirstEvent {
  private FirstEvent() {}

  /**
   * Whether a database has a first event. One that another process has open counts as one that
   * does.
   *
   * @throws Unavailable if the database does not answer
   * @throws LedgerUnusable if its file is damaged, or if it has events and no row in {@code ledger}
   */
  static boolean isIn(DataSource dataSource) {
    try {
      return Jdbi.create(dataSource).withHandle(FirstEvent::isIn);
    } catch (JdbiException e) {
      if (DatabaseFailure.isMissing(e)) {
        return false;
      }
      if (DatabaseFailure.isInUse(e)) {
        return true;
      }
      throw DatabaseFailure.atOpening(e);
    }
  }

  private static boolean isIn(Handle handle) {
    if (count(handle, "SELECT COUNT(*) FROM ledger") > 0) {
      return true;
    }
    if (count(handle, "SELECT COUNT(*) FROM event") > 0) {
      throw new LedgerUnusable(
          "the database has the events of a ledger, and its row in the table \"ledger\" is missing:"
              + " the database was edited. Move it aside; then restore a backup, replay an export of"
              + " the events, or rebuild from the directory: docs/backup.md");
    }
    return false;
  }

  private static long count(Handle handle, String query) {
    return handle.createQuery(query).mapTo(Long.class).one();
  }

  /** Writes the first event of a ledger with a new UUID, unless the database has one. */
  static void writeIfMissing(Handle handle) {
    LedgerHeadTable heads = new LedgerHeadTable(handle);
    if (heads.find().isEmpty()) {
      UUID uuid = UUID.randomUUID();
      Instant now = heads.reading(true);
      LedgerHead empty = new LedgerHead(uuid, 0, 0, 0, now, "");
      heads.insert(empty);
      EventWriter events = new EventWriter(handle, empty, now);
      events.add(
          EventKind.LEDGER,
          new Ledger.LedgerRecord(uuid),
          AuditContext.service("ledger", "created"));
      events.write();
    }
  }
}
