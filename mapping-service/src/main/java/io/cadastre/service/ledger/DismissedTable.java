/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.DismissedEntry;
import org.jdbi.v3.core.Handle;

/** The rows of {@code dismissed_entry}. */
final class DismissedTable {
  private final Handle handle;

  DismissedTable(Handle handle) {
    this.handle = handle;
  }

  boolean contains(DismissedEntry entry) {
    return handle
            .createQuery("SELECT COUNT(*) FROM dismissed_entry WHERE fingerprint = :fingerprint")
            .bind("fingerprint", entry.fingerprint())
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /** Adds one; one that is there already stays. */
  void add(DismissedEntry entry) {
    if (!contains(entry)) {
      handle
          .createUpdate(
              "INSERT INTO dismissed_entry (fingerprint, entry) VALUES (:fingerprint, :entry)")
          .bind("fingerprint", entry.fingerprint())
          .bind("entry", entry.entry())
          .execute();
    }
  }
}
