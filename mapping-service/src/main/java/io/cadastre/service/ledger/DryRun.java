/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs changes and rolls each of them back, to show what they would do. The positions of the slot
 * search are kept from one change to the next, so that no two of them get the same slot. Nothing
 * else is kept: an owner in two changes is new to both. Not thread-safe.
 */
public final class DryRun {
  private final Ledger ledger;
  private final Map<String, SlotSearch.Position> positions = new HashMap<>();

  DryRun(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Runs a change and rolls it back. */
  public <T> T run(Function<LedgerTransaction, T> change) {
    return ledger.rollBack(
        transaction -> {
          transaction.search().startFrom(positions);
          T result = change.apply(transaction);
          positions.putAll(transaction.search().positions());
          return result;
        });
  }
}
