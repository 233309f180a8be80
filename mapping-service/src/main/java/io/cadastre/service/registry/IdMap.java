/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.idspace.IdWindow;
import io.cadastre.service.idspace.UseCount;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedRange;
import java.util.List;
import java.util.Optional;

/**
 * What the IDs of a window are used for, behind one event.
 *
 * @param type the ID space
 * @param window the window and its cells
 * @param pools all pools, the default first
 * @param counts the slots of the window's pool; empty if it shows the whole space
 * @param uses the use of the IDs of each cell, in the order of the cells
 * @param realIds the number of real IDs in each cell: uids for subuids, gids for subgids; all zero
 *     without a directory, and before its first read
 * @param all the use of all IDs of the window
 * @param claims the claims of the reserved table on IDs of the window
 * @param allocations the first allocations with IDs in the window, at most {@value #MOST_LISTED}
 * @param foreign the first ranges in the window that the ledger does not own, as many
 * @param blocked what blocks the slot, if the window is a blocked slot
 */
public record IdMap(
    IdType type,
    IdWindow window,
    List<Pool> pools,
    Optional<PoolCounts> counts,
    List<UseCount> uses,
    List<Integer> realIds,
    UseCount all,
    List<ReservedRange> claims,
    List<Allocation> allocations,
    List<Foreign> foreign,
    Optional<String> blocked) {
  /** The most allocations, and the most ranges of others, that are listed. */
  public static final int MOST_LISTED = 50;

  /** Copies the lists. */
  public IdMap {
    pools = List.copyOf(pools);
    uses = List.copyOf(uses);
    realIds = List.copyOf(realIds);
    claims = List.copyOf(claims);
    allocations = List.copyOf(allocations);
    foreign = List.copyOf(foreign);
  }

  /**
   * A range that the ledger does not own.
   *
   * @param ids its IDs
   * @param source the DN of the entry, or the row of a node
   */
  public record Foreign(IdRange ids, String source) {}
}
