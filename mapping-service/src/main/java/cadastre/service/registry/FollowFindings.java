/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.AccountRead;
import cadastre.service.ledger.LedgerReader;
import cadastre.subid.Allocation;
import cadastre.subid.Finding;
import cadastre.subid.Severity;
import java.util.List;
import java.util.stream.Stream;

/** What stays as it is after a read of the directory, and why. */
final class FollowFindings {
  private FollowFindings() {}

  /**
   * The findings of one read.
   *
   * @param spared the allocations of owners who are missing and not withheld
   * @param gone how many owners are missing
   */
  static List<Finding> of(
      List<Allocation> spared, int gone, LedgerReader reader, AccountRead read) {
    return Stream.concat(
            spared.stream().map(a -> missing(a, gone)), NewNames.findings(reader, read).stream())
        .toList();
  }

  private static Finding missing(Allocation a, int gone) {
    String subject = a.owner().name() + " (uid " + a.owner().uidNumber() + ")";
    return new Finding(
        "account-missing",
        Severity.ERROR,
        subject,
        "the account of %s, range %s, is one of %d that the last read of the directory lacks: too many at once to be believed, so he is not withheld"
            .formatted(subject, a.uidRange(), gone),
        "Look for what hides the accounts: a filter, an ACL, a half loaded replica. If they are gone, run: cadastre follow --accept-loss");
  }
}
