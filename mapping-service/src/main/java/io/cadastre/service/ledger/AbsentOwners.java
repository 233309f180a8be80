/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Owners of whom the ledger knows nothing: neither their stable id nor their name nor their uid was
 * ever in it. Nobody else is one; whoever has been met in this change no longer is. Not
 * thread-safe.
 */
final class AbsentOwners {
  private final Set<Owner> owners = new HashSet<>();
  private final Set<String> stableIds = new HashSet<>();
  private final Set<OwnerName> names = new HashSet<>();
  private final Set<Long> uidNumbers = new HashSet<>();

  /** Adds owners whom the tables do not know. */
  void add(Collection<Owner> unknown) {
    owners.addAll(unknown);
  }

  boolean has(Owner owner) {
    return owners.contains(owner)
        && !stableIds.contains(owner.stableId())
        && !names.contains(owner.name())
        && !uidNumbers.contains(owner.uidNumber());
  }

  /** The ledger knows this owner now, and whoever shares something with him is to be asked for. */
  void met(Owner owner) {
    stableIds.add(owner.stableId());
    names.add(owner.name());
    uidNumbers.add(owner.uidNumber());
  }
}
