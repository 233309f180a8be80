/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.ledger.DryRun;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.registry.AllocationResult.Allocated;
import io.cadastre.subid.Allocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs the changes of one request: each in a transaction of its own, or, as a dry run, each rolled
 * back. The changes of one dry run never return the same slot twice, and keep what each owner would
 * have by then. Used by one thread.
 */
public final class ChangeRunner {
  private final Ledger ledger;
  private final Optional<DryRun> dryRun;
  private final Map<String, Allocation> granted = new HashMap<>();

  ChangeRunner(Ledger ledger, boolean dryRun) {
    this.ledger = ledger;
    this.dryRun = dryRun ? Optional.of(ledger.dryRun()) : Optional.empty();
  }

  /** Runs the change and returns its result. */
  <T> T run(Function<LedgerTransaction, T> change) {
    return dryRun.isPresent() ? dryRun.get().run(change) : ledger.change(change);
  }

  /** The allocation that an earlier change of this dry run has given the owner, by stable id. */
  Optional<Allocation> earlier(String stableId) {
    return Optional.ofNullable(granted.get(stableId));
  }

  /** Keeps the allocations of a dry run, which its next change does not find in the ledger. */
  void keep(List<AllocationResult> results) {
    if (isDryRun()) {
      results.stream()
          .flatMap(result -> result.allocated().stream())
          .map(Allocated::allocation)
          .forEach(a -> granted.put(a.owner().stableId(), a));
    }
  }

  boolean isDryRun() {
    return dryRun.isPresent();
  }
}
