/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import io.cadastre.subid.ReservedRange.Claim;
import java.util.Optional;

/**
 * The IDs that the registry may allocate on this node: a range from the node's own settings, except
 * IDs that the reserved table forbids. The server cannot change it.
 *
 * @param allowed the range from the settings
 */
public record Window(IdRange allowed) {
  /** 65536 to 2^31-1: above the IDs of systems and users, below the IDs that break devpts. */
  public static final Window DEFAULT = new Window(IdRange.between(65536, Integer.MAX_VALUE));

  /** Why a range is not allowed; empty if it is. */
  Optional<String> objection(IdRange range) {
    if (!allowed.contains(range)) {
      return Optional.of(
          "%s leaves this node's window, %d to %d"
              .formatted(range, allowed.start(), allowed.last()));
    }
    for (ReservedRange row : ReservedIds.TABLE) {
      if (row.claim() == Claim.FORBIDDEN && row.ids().overlaps(range)) {
        return Optional.of("%s touches the reserved IDs %s".formatted(range, row));
      }
    }
    return Optional.empty();
  }
}
