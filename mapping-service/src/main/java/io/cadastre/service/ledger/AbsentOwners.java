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
 * Caches owners known to be absent, so that bulk allocation skips three look-ups for each. An owner
 * is absent while its stable id, name and uid are all new to the ledger and to this change. Not
 * thread-safe.
 */
final class AbsentOwners {
  private final Set<Owner> owners = new HashSet<>();
  private final Set<String> stableIds = new HashSet<>();
  private final Set<OwnerName> names = new HashSet<>();
  private final Set<Long> uidNumbers = new HashSet<>();

  /** Adds owners that the tables do not know. */
  void add(Collection<Owner> unknown) {
    owners.addAll(unknown);
  }

  boolean has(Owner owner) {
    return owners.contains(owner)
        && !stableIds.contains(owner.stableId())
        && !names.contains(owner.name())
        && !uidNumbers.contains(owner.uidNumber());
  }

  /** Removes the owners that share the stable id, the name or the uid with this one. */
  void met(Owner owner) {
    stableIds.add(owner.stableId());
    names.add(owner.name());
    uidNumbers.add(owner.uidNumber());
  }
}
