/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** The findings about newly entitled accounts that have no range. */
final class UnaskedFindings {
  private static final int NAMED = 5;

  private UnaskedFindings() {}

  /** More accounts became entitled than get ranges without an admin's acceptance. */
  static Finding waiting(List<Owner> accounts, long most, boolean begun) {
    String names =
        accounts.stream()
            .limit(NAMED)
            .map(account -> account.name().value())
            .collect(Collectors.joining(", "));
    return new Finding(
        "entitled-waiting",
        Severity.WARNING,
        accounts.size() + " accounts",
        "%d accounts are newly entitled and have no range, the first %s; %s, and none of them gets one"
            .formatted(
                accounts.size(),
                names,
                begun
                    ? "at most %d of a read get one without an admin's acceptance (identity.acceptAbove)"
                        .formatted(most)
                    : "this is the first run of this ledger with identity.allocate: entitled"),
        "If the entitlement filter is wrong, correct it. To give all of them ranges, run: cadastre follow --accept-entitled "
            + accounts.size());
  }

  /** The default pool has come to its last tenth. */
  static Finding poolLow(Pool pool, long reserve, int waiting) {
    return new Finding(
        "entitled-pool-low",
        Severity.ERROR,
        "pool " + pool.name(),
        "%d newly entitled accounts have no range: the last tenth of pool %s, %d slots, is only for requests"
            .formatted(waiting, pool.name(), reserve),
        "Append a segment to the pool.");
  }

  /** One account cannot get a range. */
  static Finding refused(Owner account, RuntimeException why) {
    return new Finding(
        "entitled-refused",
        Severity.WARNING,
        account.nameAndUid(),
        "the account is newly entitled and gets no range: " + why.getMessage(),
        "Correct the cause; the next read tries again.");
  }
}
