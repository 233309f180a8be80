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

/**
 * Forgets real IDs before their time, for accounts that were renumbered on purpose. Thread-safe.
 */
public record RealIdCommands(Accounts accounts, ChangeGate gate) {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,10})(?:-([0-9]{1,10}))?");

  /**
   * Forgets the uids and gids of a range that the directory no longer shows. Those that it shows
   * stay real.
   *
   * @param range {@code FIRST-LAST}, both inclusive, or one ID
   * @param dryRun whether only to count them
   * @throws Refused without a reason, for what is no range, or without a directory
   */
  public ForgottenIds forget(String range, boolean dryRun, AuditContext context) {
    OwnerCommands.requireReason(context, "forget IDs");
    gate.check();
    return accounts.forget(parsed(range), dryRun, context);
  }

  private static IdRange parsed(String text) {
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
        "\"%s\" is no range of IDs: write FIRST-LAST, from 0 to %d, as in 1001062400-1001127935"
            .formatted(text, IdRange.MAX_ID));
  }
}
