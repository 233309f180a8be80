/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.idmap.SssdSlice;
import io.cadastre.service.idmap.SssdSlices;
import io.cadastre.service.imports.EntryFacts;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedNames;
import java.util.OptionalLong;

/**
 * The rules for new ranges and new names. A recorded owner keeps the recorded name and every
 * operation, even if a later version refuses that name (docs/decisions/0044).
 *
 * @param reservedNames the names that get no new range
 * @param allowAbove2Gi whether the site has opted into IDs of 2^31 and above
 * @param mappedIds the IDs that SSSD may compute for accounts: real IDs that no directory holds
 */
public record AdmissionRules(
    ReservedNames reservedNames, boolean allowAbove2Gi, SssdSlices mappedIds) {

  /** Returns the rules of a configuration. */
  public static AdmissionRules of(ReservedNames reservedNames, boolean allowAbove2Gi) {
    return new AdmissionRules(reservedNames, allowAbove2Gi, SssdSlices.NONE);
  }

  /** Returns these rules with IDs that SSSD may compute for accounts. */
  public AdmissionRules with(SssdSlices mappedIds) {
    return new AdmissionRules(reservedNames, allowAbove2Gi, mappedIds);
  }

  /** Whether the range meets the first slice of a domain, in which every domain has accounts. */
  boolean meetsMappedAccounts(IdRange range) {
    return mappedIds.touching(range).filter(SssdSlice::isFirst).isPresent();
  }

  /** Returns the rules of a configuration that does not mention them. */
  public static AdmissionRules byDefault() {
    return of(ReservedNames.byDefault(), false);
  }

  /**
   * Returns if a new owner may have this name.
   *
   * @throws Refused if not
   */
  static void requireNewName(OwnerName name) {
    try {
      OwnerName unused = name.admitted();
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  /**
   * Returns if the text is a uid (all digits) or a name that a new owner may have.
   *
   * @throws Refused if not
   */
  static void requireUidOrNewName(String nameOrUid) {
    if (!nameOrUid.chars().allMatch(c -> c >= '0' && c <= '9')) {
      requireNewName(new OwnerName(nameOrUid));
    }
  }

  /**
   * Returns if the owner may be recorded under the current name of the account.
   *
   * @throws Refused if that is another name than the recorded one and is refused
   */
  static void requireRename(Allocation known, Owner account) {
    if (!mayRename(known, account)) {
      requireNewName(account.name());
    }
  }

  /** Whether the owner may be recorded under the current name of the account. */
  static boolean mayRename(Allocation known, Owner account) {
    return account.name().equals(known.owner().name()) || account.name().isAdmissible();
  }

  /** Whether the owner may follow this account: nodes do not serve a reserved name. */
  boolean mayFollow(Owner recorded, Owner account) {
    return account.name().equals(recorded.name()) || !reservedNames.contains(account.name());
  }

  /** Returns the facts by which entries of the directory are judged. */
  EntryFacts facts(LedgerQueries queries, OptionalLong acceptedSerial) {
    return new EntryFacts(
        queries.pools(),
        queries.all(),
        queries.head().serial(),
        queries.head().revision(),
        allowAbove2Gi,
        reservedNames,
        acceptedSerial);
  }
}
