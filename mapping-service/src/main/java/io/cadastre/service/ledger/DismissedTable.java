/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.DismissedEntry;
import org.jdbi.v3.core.Handle;

/** Writes the directory entries that an admin has dismissed. */
final class DismissedTable {
  private final Handle handle;

  DismissedTable(Handle handle) {
    this.handle = handle;
  }

  /** Adds an entry; an entry that is there already stays. */
  void add(DismissedEntry entry) {
    if (!new DirectoryQueries(handle).isDismissed(entry)) {
      handle
          .createUpdate(
              "INSERT INTO dismissed_entry (fingerprint, entry) VALUES (:fingerprint, :entry)")
          .bind("fingerprint", entry.fingerprint())
          .bind("entry", entry.entry())
          .execute();
    }
  }
}
