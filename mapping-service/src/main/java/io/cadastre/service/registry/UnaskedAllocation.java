/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.registry.Identities.ResolvedAccount;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Allocates to accounts that nobody asked for: from the default pool, and never from its last
 * tenth, which is for requests. Thread-safe.
 */
final class UnaskedAllocation {
  /** The context of the allocations in the events. */
  static final AuditContext CONTEXT =
      AuditContext.service("entitlement", "two reads of the directory showed it newly entitled");

  private static final int CHUNK = 500;
  private static final long RESERVE_DIVISOR = 10;

  private final Ledger ledger;
  private final Identities identities;
  private final ChangeGate gate;
  private final AdmissionRules rules;

  UnaskedAllocation(Ledger ledger, Identities identities, ChangeGate gate, AdmissionRules rules) {
    this.ledger = ledger;
    this.identities = identities;
    this.gate = gate;
    this.rules = rules;
  }

  /**
   * The result.
   *
   * @param accounts how many got a range
   * @param findings why the others did not
   */
  record Allocated(int accounts, List<Finding> findings) {
    static final Allocated NONE = new Allocated(0, List.of());
  }

  /** Allocates to these accounts, in their order, a few hundred in each transaction. */
  Allocated allocate(List<Owner> accounts, boolean dryRun) {
    ChangeRunner runner = new ChangeRunner(ledger, dryRun);
    List<Finding> findings = new ArrayList<>();
    int done = 0;
    for (int from = 0; from < accounts.size() && findings.isEmpty(); from += CHUNK) {
      List<Owner> chunk = accounts.subList(from, Math.min(from + CHUNK, accounts.size()));
      Allocated result = runner.run(transaction -> allocate(transaction, chunk));
      done += result.accounts();
      findings.addAll(result.findings());
    }
    return new Allocated(done, List.copyOf(findings));
  }

  private Allocated allocate(LedgerTransaction transaction, List<Owner> chunk) {
    LedgerQueries queries = transaction.flush();
    // A request may have been faster than this transaction.
    List<Owner> unknown = queries.names().neverKnownAmong(chunk);
    transaction.expect(unknown);
    Pool pool = queries.pools().get(0);
    long left = pool.slots() - queries.heldSlotCount(pool.name()) - reserve(pool);
    List<Finding> findings = new ArrayList<>();
    int done = 0;
    for (Owner account : unknown) {
      if (done >= left) {
        findings.add(UnaskedFindings.poolLow(pool, reserve(pool), unknown.size() - done));
        break;
      }
      Optional<Finding> refused = refusal(transaction, account);
      refused.ifPresent(findings::add);
      done += refused.isPresent() ? 0 : 1;
    }
    return new Allocated(done, findings);
  }

  private static long reserve(Pool pool) {
    return (pool.slots() + RESERVE_DIVISOR - 1) / RESERVE_DIVISOR;
  }

  private Optional<Finding> refusal(LedgerTransaction transaction, Owner account) {
    try {
      AllocationResult.Allocated unused =
          new Admission(
                  transaction,
                  identities.realIdsWith(account),
                  gate,
                  rules,
                  identities.scope(CONTEXT))
              .admit(
                  new ResolvedAccount(account, Optional.empty(), true, true),
                  new AllocateRequest(account.name(), Optional.empty(), Optional.empty()),
                  CONTEXT);
      return Optional.empty();
    } catch (Refused | PoolHeld e) {
      return Optional.of(UnaskedFindings.refused(account, e));
    }
  }
}
