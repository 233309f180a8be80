/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.RealIdChange;
import io.cadastre.subid.IdRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stores the real IDs that reads have shown in the database of the ledger, so that neither a read
 * that hides an ID nor a restart frees the ID. Writes only differences. Not thread-safe: {@link
 * Accounts} calls it from one thread at a time. After a failure it loads the state of the database.
 */
public final class RealIdMemory {
  /** IDs of one transaction: the first read writes all IDs, and other changes must not wait. */
  private static final int IDS_PER_TRANSACTION = 10_000;

  private final Ledger ledger;
  private final Duration keep;
  private Optional<RememberedIds> remembered = Optional.empty();

  /**
   * The memory in the database of this ledger.
   *
   * @param keep how long an ID is remembered after it disappeared
   */
  public RealIdMemory(Ledger ledger, Duration keep) {
    this.ledger = ledger;
    this.keep = keep;
  }

  /** Writes the differences of a read; returns the remembered IDs once the database has them. */
  RememberedIds update(AccountIndex read) {
    RememberedIds.Update update = remembered().update(read, read.time().minus(keep));
    remembered = Optional.empty();
    write(update.changes());
    remembered = Optional.of(update.after());
    return update.after();
  }

  private void write(List<RealIdChange> changes) {
    if (changes.stream().mapToInt(change -> change.ids().size()).sum() > IDS_PER_TRANSACTION) {
      changes.stream()
          .flatMap(change -> change.parts(IDS_PER_TRANSACTION).stream())
          .forEach(part -> apply(List.of(part)));
    } else if (!changes.isEmpty()) {
      apply(changes);
    }
  }

  private void apply(List<RealIdChange> changes) {
    ledger.change(
        transaction -> {
          changes.forEach(transaction.realIds()::apply);
          return true;
        });
  }

  /**
   * Forgets the missing IDs of a range.
   *
   * @param dryRun whether only to count them
   */
  ForgottenIds forget(IdRange range, boolean dryRun, AuditContext context) {
    RememberedIds before = remembered();
    if (dryRun) {
      return new ForgottenIds(
          range.start(),
          range.last(),
          before.uids().countMissing(range),
          before.gids().countMissing(range));
    }
    remembered = Optional.empty();
    return ledger.change(transaction -> transaction.realIds().forget(range, context));
  }

  /** Returns the remembered IDs; reads them from the database unless they are in memory. */
  RememberedIds remembered() {
    RememberedIds ids =
        remembered.orElseGet(() -> RememberedIds.of(ledger.read(LedgerQueries::realIds)));
    remembered = Optional.of(ids);
    return ids;
  }
}
