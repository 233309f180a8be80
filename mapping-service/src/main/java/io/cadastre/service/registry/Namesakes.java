/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.stream.Stream;

/** The other owners who have the name or the uid of an account. */
final class Namesakes {
  private Namesakes() {}

  /** Returns the counting allocations of other owners with this name or uid. */
  static List<Allocation> of(LedgerQueries queries, Owner owner) {
    return queries.countingUnder(owner).stream()
        .filter(other -> !other.owner().stableId().equals(owner.stableId()))
        .toList();
  }

  /**
   * Returns the same for the account of a request. A limited caller must not take a name that
   * another owner has in another case either, where names are lowered: the ledger may still have it
   * as an earlier configuration spelt it.
   */
  static List<Allocation> of(LedgerTransaction transaction, Owner account, Scope scope) {
    List<Allocation> found =
        transaction.isAbsent(account) ? List.of() : of(transaction.flush(), account);
    if (!scope.isLimited() || scope.nameCase() == NameCase.PRESERVE) {
      return found;
    }
    return Stream.concat(
            found.stream(),
            OwnerQueries.present(transaction.flush(), scope.nameCase(), account.name())
                .filter(other -> !other.owner().stableId().equals(account.stableId()))
                .stream())
        .distinct()
        .toList();
  }

  /** Withholds the active ones among these. */
  static void withhold(
      LedgerTransaction transaction, List<Allocation> namesakes, AuditContext context) {
    namesakes.stream()
        .filter(other -> other.state() == AllocationState.ACTIVE)
        .forEach(
            other ->
                transaction.change(
                    other, other.withState(AllocationState.WITHHELD), EventKind.WITHHOLD, context));
  }

  /** Withholds the active ones of this owner. */
  static void withhold(LedgerTransaction transaction, Owner owner, AuditContext context) {
    withhold(transaction, of(transaction.flush(), owner), context);
  }
}
