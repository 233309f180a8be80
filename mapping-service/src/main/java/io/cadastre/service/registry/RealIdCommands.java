/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.subid.IdRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the memory of real IDs. Thread-safe. */
public final class RealIdCommands {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,10})(?:-([0-9]{1,10}))?");

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
    return accounts.forget(parse(range), dryRun, context);
  }

  private static IdRange parse(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (matcher.matches()) {
      long first = Long.parseLong(matcher.group(1));
      long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
      if (first <= last && last <= IdRange.MAX_ID) {
        return IdRange.between(first, last);
      }
    }
    throw new Refused(
        RefusalCode.BAD_REQUEST,
        "\"%s\" is not a range of IDs: write FIRST-LAST, from 0 to %d, as in 1001062400-1001127935"
            .formatted(text, IdRange.MAX_ID));
  }
}
