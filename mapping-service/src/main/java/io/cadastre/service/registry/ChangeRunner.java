/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.ledger.DryRun;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs the changes of one request: each in a transaction of its own, or, as a dry run, each rolled
 * back. The changes of one dry run never return the same slot twice. Used by one thread.
 */
public final class ChangeRunner {
  private final Ledger ledger;
  private final Optional<DryRun> dryRun;

  ChangeRunner(Ledger ledger, boolean dryRun) {
    this.ledger = ledger;
    this.dryRun = dryRun ? Optional.of(ledger.dryRun()) : Optional.empty();
  }

  /** Runs the change and returns its result. */
  <T> T run(Function<LedgerTransaction, T> change) {
    return dryRun.isPresent() ? dryRun.get().run(change) : ledger.change(change);
  }

  boolean isDryRun() {
    return dryRun.isPresent();
  }
}
