/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a read of the directory does not change, and why. */
final class SynchronizerFindings {
  private SynchronizerFindings() {}

  /**
   * Returns the findings of one read.
   *
   * @param spared the allocations of missing owners that are not withheld
   * @param lost how many owners are missing or were withheld in the last 24 hours
   * @param limit how many of them are believed
   * @param renames the new names, which may wait
   */
  static List<Finding> of(
      List<Allocation> spared,
      long lost,
      long limit,
      Renames renames,
      LedgerQueries queries,
      AccountIndex read) {
    return Stream.of(
            spared.stream().map(a -> missing(a, lost, limit)),
            renames.finding().stream(),
            FormerStableIds.findings(queries, read).stream(),
            read.owners().stream()
                .filter(account -> !account.name().isAdmissible() || !account.hasAdmissibleUid())
                .flatMap(
                    account -> refused(queries.countingFor(account.stableId()), account).stream()))
        .flatMap(found -> found)
        .toList();
  }

  private static Finding missing(Allocation a, long lost, long limit) {
    String subject = a.owner().nameAndUid();
    return new Finding(
        "account-missing",
        Severity.ERROR,
        subject,
        "the last read of the directory lacks the account of %s, range %s. With it %d owners are missing or were withheld in the last 24 hours, and at most %d are believed: the owner is not withheld"
            .formatted(subject, a.uidRange(), lost, limit),
        "Look for what hides the accounts: a filter, an ACL, a half loaded replica. If they are gone, run: cadastre follow --accept-loss");
  }

  private static Optional<Finding> refused(Optional<Allocation> known, Owner account) {
    if (known.filter(a -> AdmissionRules.mayRename(a, account)).isPresent()) {
      return Optional.empty();
    }
    String effect =
        known
            .map(
                a ->
                    "the range %s stays under the last name, %s (uid %d)"
                        .formatted(a.uidRange(), a.owner().name(), a.owner().uidNumber()))
            .orElse("it gets no range");
    String subject = account.dn().orElse(account.stableId());
    return Optional.of(
        new Finding(
            known.isPresent() ? "rename-refused" : "account-refused",
            Severity.WARNING,
            subject,
            account.hasAdmissibleUid()
                ? "the name of the account %s is refused: %s; %s"
                    .formatted(subject, reason(account.name()), effect)
                : "the uid %d of the account %s is refused, since 16-bit programs read it as -1; %s"
                    .formatted(account.uidNumber(), subject, effect),
            account.hasAdmissibleUid()
                ? "Rename the account to a name without invisible characters."
                : "Give the account another uid."));
  }

  private static String reason(OwnerName name) {
    return "it holds the invisible character U+%04X".formatted(name.firstInvisible().orElseThrow());
  }
}
