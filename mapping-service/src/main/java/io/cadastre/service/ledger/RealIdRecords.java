/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.subid.IdRange;
import org.jdbi.v3.core.Handle;

/** Records what a change knows of the IDs of accounts. Not thread-safe. */
public final class RealIdRecords {
  private final LedgerTransaction transaction;
  private final RealIdTable table;

  RealIdRecords(LedgerTransaction transaction, Handle handle) {
    this.transaction = transaction;
    this.table = new RealIdTable(handle);
  }

  /** Records what a read of the directory changed; this writes no event. */
  public void apply(RealIdChange change) {
    table.apply(change);
  }

  /** Forgets the IDs of the range that are gone, and records that as an event. */
  public ForgottenIds forget(IdRange range, AuditContext context) {
    ForgottenIds forgotten = table.forget(range);
    transaction.note(EventKind.FORGET_IDS, forgotten, context);
    return forgotten;
  }
}
