/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.ForgottenIds;

/** Changes the memory of real IDs. Thread-safe. */
public final class RealIdCommands {
  private final Accounts accounts;
  private final ChangeGate gate;

  /** Commands on the IDs remembered for these accounts. */
  public RealIdCommands(Accounts accounts, ChangeGate gate) {
    this.accounts = accounts;
    this.gate = gate;
  }

  /**
   * Forgets the uids and gids of a range that the directory no longer has, for accounts that were
   * renumbered on purpose. IDs that the directory has stay real.
   *
   * @param range {@code FIRST-LAST}, both inclusive, or one ID
   * @param dryRun whether only to count them
   * @throws Refused without a reason, for an invalid range, or without a directory
   */
  public ForgottenIds forget(String range, boolean dryRun, AuditContext context) {
    gate.check(context, "forget IDs");
    return accounts.forget(GivenRange.parse(range), dryRun, context);
  }
}
