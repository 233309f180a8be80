/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.KnownId;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.RealIdChange;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps in the ledger's database which real IDs reads have shown and since when one is gone, so
 * that neither a read that hides an ID nor a restart frees it. Writes differences only. Not
 * thread-safe: {@link Accounts} lets one thread in at a time. After a failure it loads what the
 * database has.
 */
public final class RealIdMemory {
  /** IDs of one transaction: the first read writes all IDs, and must not hold up other changes. */
  private static final int AT_A_TIME = 10_000;

  private final Ledger ledger;
  private final Duration keep;
  private Optional<Known> known = Optional.empty();

  /** The IDs of both types. */
  record Known(RememberedIds uids, RememberedIds gids) {
    /** Whether an account or group had an ID in the range, and is gone for less than is kept. */
    boolean remembers(IdRange range) {
      return uids.gone(range) + gids.gone(range) > 0;
    }
  }

  /**
   * The memory in this ledger's database.
   *
   * @param keep how long an ID is remembered once it is gone
   */
  public RealIdMemory(Ledger ledger, Duration keep) {
    this.ledger = ledger;
    this.keep = keep;
  }

  /** Writes what a read changes, and returns what is known then: all of it is in the database. */
  Known follow(AccountIndex read) {
    Known before = known();
    Instant oldest = read.time().minus(keep);
    RememberedIds.Followed uids =
        before.uids().follow(IdType.SUBUID, read.realIds(IdType.SUBUID), read.time(), oldest);
    RememberedIds.Followed gids =
        before.gids().follow(IdType.SUBGID, read.realIds(IdType.SUBGID), read.time(), oldest);
    List<RealIdChange> changes = new ArrayList<>(uids.changes());
    changes.addAll(gids.changes());
    known = Optional.empty();
    write(changes);
    Known after = new Known(uids.after(), gids.after());
    known = Optional.of(after);
    return after;
  }

  private void write(List<RealIdChange> changes) {
    if (changes.stream().mapToInt(change -> change.ids().size()).sum() > AT_A_TIME) {
      changes.stream()
          .flatMap(change -> change.parts(AT_A_TIME).stream())
          .forEach(part -> apply(List.of(part)));
    } else if (!changes.isEmpty()) {
      apply(changes);
    }
  }

  private void apply(List<RealIdChange> changes) {
    ledger.change(
        transaction -> {
          changes.forEach(transaction::apply);
          return true;
        });
  }

  /**
   * Forgets the IDs of a range that are gone.
   *
   * @param dryRun whether only to count them
   */
  ForgottenIds forget(IdRange range, boolean dryRun, AuditContext context) {
    Known before = known();
    if (dryRun) {
      return new ForgottenIds(
          range.start(), range.last(), before.uids().gone(range), before.gids().gone(range));
    }
    known = Optional.empty();
    return ledger.change(transaction -> transaction.forgetIds(range, context));
  }

  /** What is known; read from the database unless it is in memory. */
  Known known() {
    Known present = known.orElseGet(this::load);
    known = Optional.of(present);
    return present;
  }

  private Known load() {
    List<KnownId> rows = ledger.read(LedgerQueries::realIds);
    return new Known(RememberedIds.of(IdType.SUBUID, rows), RememberedIds.of(IdType.SUBGID, rows));
  }
}
