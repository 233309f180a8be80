/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.imports.EntryFacts;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Owner;
import io.cadastre.subid.ReservedNames;
import java.util.OptionalLong;

/**
 * What the site's configuration and the directory keep from new ranges.
 *
 * @param reservedNames the names that get none
 * @param allowAbove2Gi whether the site has opted into IDs of 2^31 and above
 * @param holds the pools that give none now
 */
public record AdmissionRules(ReservedNames reservedNames, boolean allowAbove2Gi, PoolHolds holds) {

  /** The rules of a configuration; no pool is held yet. */
  public static AdmissionRules of(ReservedNames reservedNames, boolean allowAbove2Gi) {
    return new AdmissionRules(reservedNames, allowAbove2Gi, new PoolHolds());
  }

  /** The rules of a configuration that says nothing of them. */
  public static AdmissionRules byDefault() {
    return new AdmissionRules(ReservedNames.byDefault(), false, new PoolHolds());
  }

  /** Whether an owner is followed to this account: no node would serve a reserved name. */
  boolean follows(Owner recorded, Owner account) {
    return account.name().equals(recorded.name()) || !reservedNames.contains(account.name());
  }

  /** What entries of the directory are held against. */
  EntryFacts facts(LedgerQueries queries, OptionalLong acceptedSerial) {
    return new EntryFacts(
        queries.pools(),
        queries.all(),
        queries.head().serial(),
        allowAbove2Gi,
        reservedNames,
        acceptedSerial);
  }
}
