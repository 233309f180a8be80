/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedNames;
import java.util.List;
import java.util.OptionalLong;

/**
 * The facts that entries of the directory are judged by.
 *
 * @param pools the recorded pools
 * @param known every allocation of the ledger, in every state, that is {@linkplain
 *     RelatedAllocations related} to the entries
 * @param serial the ledger's serial
 * @param revision the ledger's revision
 * @param accepted the claims of other programs that the site accepts
 * @param reservedNames the names that get no new range
 * @param acceptedSerial the serial, and the revision, up to which an admin accepts the entries, if
 *     given
 */
public record EntryFacts(
    List<Pool> pools,
    List<Allocation> known,
    long serial,
    long revision,
    AcceptedClaims accepted,
    ReservedNames reservedNames,
    OptionalLong acceptedSerial) {
  /** Copies the lists. */
  public EntryFacts {
    pools = List.copyOf(pools);
    known = List.copyOf(known);
  }
}
