/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Printable;

/**
 * An allocation and its owner as texts, with characters that nobody sees written out.
 *
 * @param name the name as the ledger has it, for addresses
 * @param shownName the name for people
 * @param stableId the stable ID as the ledger has it, for addresses
 * @param shownStableId the stable ID for people
 * @param pool the pool; empty for a range off the grid
 */
public record AllocationView(
    String id,
    String name,
    String shownName,
    long uid,
    long gid,
    String stableId,
    String shownStableId,
    String dn,
    String pool,
    String state,
    IdRange subuids,
    IdRange subgids,
    long serial) {
  /** The view of an allocation. */
  public static AllocationView of(Allocation a) {
    return new AllocationView(
        a.id().toString(),
        a.owner().name().value(),
        Printable.of(a.owner().name().value()),
        a.owner().uidNumber(),
        a.owner().gidNumber(),
        a.owner().stableId(),
        Printable.of(a.owner().stableId()),
        a.owner().dn().map(Printable::of).orElse(""),
        a.pool().orElse(""),
        a.state().word(),
        a.uidRange(),
        a.gidRange(),
        a.serial());
  }

  /** Whether subuids and subgids are the same numbers. */
  public boolean isOneRange() {
    return subuids.equals(subgids);
  }
}
