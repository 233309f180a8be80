/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.service.registry.Identities.ResolvedAccount;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Allocates to an owner that does not exist and rolls it back, so that the first request after a
 * start finds the classes loaded, the statements prepared and the pages of the indexes read.
 * Changes nothing and asks no directory. Thread-safe.
 */
final class TrialAllocation {
  private static final Logger LOG = LoggerFactory.getLogger(TrialAllocation.class);
  private static final int ROUNDS = 20;
  private static final AuditContext CONTEXT = AuditContext.service("trial", "rolled back");
  private static final ResolvedAccount NOBODY =
      new ResolvedAccount(
          new Owner(
              "cadastre:trial",
              new OwnerName("cadastre.trial"),
              IdRange.MAX_ID,
              IdRange.MAX_ID,
              Optional.empty()),
          Optional.empty(),
          true,
          true);

  private final Ledger ledger;
  private final AdmissionRules rules;

  /** Trials on this ledger. */
  TrialAllocation(Ledger ledger, AdmissionRules rules) {
    this.ledger = ledger;
    this.rules = rules;
  }

  /** Runs some; ends early if one fails, as a request will that meets the same. */
  void run() {
    try {
      for (int i = 0; i < ROUNDS; i++) {
        allocate();
      }
    } catch (Refused | Unavailable | InvariantBroken e) {
      LOG.debug("no allocation was tried before the first request: {}", e.getMessage());
    }
  }

  private void allocate() {
    AllocateRequest request =
        new AllocateRequest(NOBODY.owner().name(), Optional.empty(), Optional.empty());
    Scope scope = new Scope(CONTEXT, false, NameCase.PRESERVE);
    AllocationResult.Allocated unused =
        ledger.rehearse(
            transaction ->
                new Admission(transaction, range -> RealIds.NONE, ChangeGate.open(), rules, scope)
                    .admit(NOBODY, request, CONTEXT));
  }
}
