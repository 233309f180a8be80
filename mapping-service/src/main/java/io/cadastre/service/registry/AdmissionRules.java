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
import io.cadastre.service.imports.PublishedAllocation;
import io.cadastre.service.imports.RelatedAllocations;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rules for new ranges and new names. A recorded owner keeps the recorded name and every
 * operation, even if a later version refuses that name (docs/decisions/0044).
 *
 * @param reservedNames the names that get no new range
 * @param accepted the claims of other programs that the site accepts
 * @param mappedIds the IDs that SSSD may compute for accounts: real IDs that no directory holds
 */
public record AdmissionRules(
    ReservedNames reservedNames, AcceptedClaims accepted, SssdSlices mappedIds) {

  /** Returns the rules of a configuration. */
  public static AdmissionRules of(ReservedNames reservedNames, AcceptedClaims accepted) {
    return new AdmissionRules(reservedNames, accepted, SssdSlices.NONE);
  }

  /** Returns these rules with IDs that SSSD may compute for accounts. */
  public AdmissionRules with(SssdSlices mappedIds) {
    return new AdmissionRules(reservedNames, accepted, mappedIds);
  }

  /** Returns the first slice of a domain in the range, in which every domain has accounts. */
  Optional<SssdSlice> mappedAccounts(IdRange range) {
    return mappedIds.touching(range).filter(SssdSlice::isFirst);
  }

  /** Returns the rules of a configuration that does not mention them. */
  public static AdmissionRules byDefault() {
    return of(ReservedNames.byDefault(), AcceptedClaims.NONE);
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
   * Returns if a new owner may have this name and uid.
   *
   * @throws Refused if not
   */
  static void requireNew(Owner owner) {
    requireNewName(owner.name());
    requireNewUid(owner);
  }

  private static void requireNewUid(Owner owner) {
    if (!owner.hasAdmissibleUid()) {
      throw new Refused(
          RefusalCode.INVALID_IDENTITY,
          "the uid %d of %s is refused: 16-bit programs read it as -1, so no owner gets it; give the account another uid"
              .formatted(owner.uidNumber(), owner.name()));
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
   * Returns if the owner may be recorded under the current name and uid of the account.
   *
   * @throws Refused if one of them is not the recorded one and is refused
   */
  static void requireRename(Allocation known, Owner account) {
    if (!account.name().equals(known.owner().name())) {
      requireNewName(account.name());
    }
    if (account.uidNumber() != known.owner().uidNumber()) {
      requireNewUid(account);
    }
  }

  /** Whether the owner may be recorded under the current name and uid of the account. */
  static boolean mayRename(Allocation known, Owner account) {
    Owner recorded = known.owner();
    return (account.name().equals(recorded.name()) || account.name().isAdmissible())
        && (account.uidNumber() == recorded.uidNumber() || account.hasAdmissibleUid());
  }

  /** Whether the owner may follow this account: nodes do not serve a reserved name. */
  boolean mayFollow(Owner recorded, Owner account) {
    return account.name().equals(recorded.name()) || !reservedNames.contains(account.name());
  }

  /** Returns the facts by which these entries of the directory are judged. */
  EntryFacts facts(
      LedgerQueries queries, List<PublishedAllocation> entries, OptionalLong acceptedSerial) {
    List<Allocation> known = new ArrayList<>();
    if (!entries.isEmpty()) {
      RelatedAllocations related = new RelatedAllocations(entries);
      queries.forEachAllocation(
          a -> {
            if (related.test(a)) {
              known.add(a);
            }
          });
    }
    return new EntryFacts(
        queries.pools(),
        known,
        queries.head().serial(),
        queries.head().revision(),
        accepted,
        reservedNames,
        acceptedSerial);
  }
}
