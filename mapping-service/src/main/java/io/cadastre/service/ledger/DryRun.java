/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Changes that are made and taken back, one after another: what they would do. The ledger forgets
 * each of them, so the pools' counters are kept here, and none gives out slots that the one before
 * would have taken. An owner who comes again in a later one is new to it, too. Used by one thread.
 */
public final class DryRun {
  private final Ledger ledger;
  private final Map<String, Counters.Position> positions = new HashMap<>();

  DryRun(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Runs a change and takes it back. */
  public <T> T run(Function<LedgerTransaction, T> change) {
    return ledger.rolledBack(
        transaction -> {
          transaction.counters().startFrom(positions);
          T result = change.apply(transaction);
          positions.putAll(transaction.counters().positions());
          return result;
        });
  }
}
