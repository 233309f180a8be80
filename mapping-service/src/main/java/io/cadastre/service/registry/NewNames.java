/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;

/**
 * Judges names that the ledger would take on: a new owner's, or an owner's new one. What is
 * recorded keeps its name and every operation, whatever later versions refuse
 * (docs/decisions/0044).
 */
final class NewNames {
  private NewNames() {}

  /**
   * Checks the name of a new owner.
   *
   * @throws Refused if no new owner may have it
   */
  static void require(OwnerName name) {
    try {
      OwnerName unused = name.admitted();
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  /**
   * Checks a name that somebody gave and the ledger may not know; all digits are a uid.
   *
   * @throws Refused if it is a name that no new owner may have
   */
  static void requireIfName(String nameOrUid) {
    if (!nameOrUid.chars().allMatch(c -> c >= '0' && c <= '9')) {
      require(new OwnerName(nameOrUid));
    }
  }

  /**
   * Checks the name that an owner's account has now.
   *
   * @throws Refused if it is another than the recorded one, and no new name
   */
  static void requireRename(Allocation known, Owner account) {
    if (!isFollowable(known, account)) {
      require(account.name());
    }
  }

  /** Whether an owner may be recorded under the name that the account has now. */
  static boolean isFollowable(Allocation known, Owner account) {
    return account.name().equals(known.owner().name()) || account.name().isAdmissible();
  }

  /** The accounts whose names are refused, and what that means for each. */
  static List<Finding> findings(LedgerQueries queries, AccountIndex read) {
    return read.owners().stream()
        .filter(account -> !account.name().isAdmissible())
        .flatMap(account -> finding(queries.countingFor(account.stableId()), account).stream())
        .toList();
  }

  private static Optional<Finding> finding(Optional<Allocation> known, Owner account) {
    if (known.filter(a -> isFollowable(a, account)).isPresent()) {
      return Optional.empty();
    }
    String effect =
        known
            .map(
                a ->
                    "the range %s stays under the last name, %s (uid %d)"
                        .formatted(a.uidRange(), a.owner().name(), a.owner().uidNumber()))
            .orElse("it gets no range");
    return Optional.of(
        new Finding(
            known.isPresent() ? "rename-refused" : "account-refused",
            Severity.WARNING,
            account.dn().orElse(account.stableId()),
            "the name of the account %s is refused: %s; %s"
                .formatted(account.dn().orElse(account.stableId()), why(account.name()), effect),
            "Rename the account to a name without invisible characters."));
  }

  private static String why(OwnerName name) {
    return "it holds the invisible character U+%04X".formatted(name.firstInvisible().orElseThrow());
  }
}
