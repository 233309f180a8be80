/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.stream.Stream;

/** What stays as it is after a read of the directory, and why. */
final class SynchronizerFindings {
  private SynchronizerFindings() {}

  /**
   * The findings of one read.
   *
   * @param spared the allocations of owners who are missing and not withheld
   * @param lost how many owners are missing or were withheld in the last 24 hours
   * @param limit how many of them are believed
   */
  static List<Finding> of(
      List<Allocation> spared, long lost, long limit, LedgerQueries queries, AccountIndex read) {
    return Stream.concat(
            spared.stream().map(a -> missing(a, lost, limit)),
            NewNames.findings(queries, read).stream())
        .toList();
  }

  private static Finding missing(Allocation a, long lost, long limit) {
    String subject = a.owner().name() + " (uid " + a.owner().uidNumber() + ")";
    return new Finding(
        "account-missing",
        Severity.ERROR,
        subject,
        "the last read of the directory lacks the account of %s, range %s. With it %d owners are missing or were withheld in the last 24 hours, and at most %d are believed: the owner is not withheld"
            .formatted(subject, a.uidRange(), lost, limit),
        "Look for what hides the accounts: a filter, an ACL, a half loaded replica. If they are gone, run: cadastre follow --accept-loss");
  }
}
