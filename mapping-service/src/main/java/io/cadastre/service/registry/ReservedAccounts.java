/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.directory.LookupResult;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedNames;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the accounts of the directory with reserved names: they get no new range. Thread-safe. */
public final class ReservedAccounts {
  private final Ledger ledger;
  private final Accounts accounts;
  private final ReservedNames reserved;

  /** The accounts of this directory with one of these names. */
  public ReservedAccounts(Ledger ledger, Accounts accounts, ReservedNames reserved) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.reserved = reserved;
  }

  /**
   * Returns a finding for each: a warning if the account would get a range by its other properties,
   * else an info.
   *
   * @throws io.cadastre.service.directory.DirectoryUnavailable if the directory does not answer
   */
  public List<Finding> findings() {
    List<Owner> named =
        accounts.latest().map(AccountIndex::owners).stream()
            .flatMap(owners -> owners.stream())
            .filter(owner -> reserved.contains(owner.name()))
            .toList();
    if (named.isEmpty()) {
      return List.of();
    }
    Map<OwnerName, LookupResult> results =
        accounts.find(named.stream().map(Owner::name).distinct().toList());
    return named.stream()
        .map(
            owner ->
                finding(
                    owner,
                    Optional.ofNullable(results.get(owner.name()))
                        .flatMap(LookupResult::account)
                        .filter(account -> account.entitled() && !account.ambiguous())
                        .isPresent()))
        .toList();
  }

  private Finding finding(Owner owner, boolean entitled) {
    Optional<Allocation> recorded = ledger.read(queries -> queries.countingFor(owner.stableId()));
    String has =
        recorded
            .map(
                a ->
                    "; the owner keeps the range %s of %s"
                        .formatted(a.uidRange(), a.owner().name()))
            .orElse("");
    return new Finding(
        "reserved-name",
        entitled ? Severity.WARNING : Severity.INFO,
        owner.name().value(),
        "the account %s (uid %d) has a reserved name, so it gets no new range%s"
            .formatted(owner.name(), owner.uidNumber(), has),
        entitled
            ? "Give the account another name, leave it out by entitlementFilter or minimumUid, or take the name out of reservedNames."
            : "Nothing.");
  }
}
