/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Optional;
import java.util.UUID;

/**
 * One owner's ranges: one of subuids and one of subgids. An acknowledged allocation never changes
 * its ranges and never disappears.
 *
 * @param id the allocation's own id
 * @param owner whose it is, as last known
 * @param pool the pool it was taken from; empty if it was imported off the grid
 * @param uidRange the subordinate user IDs
 * @param gidRange the subordinate group IDs; starts where {@code uidRange} does, unless imported
 * @param state what it is to its owner now
 * @param serial the serial of the last change to it
 */
public record Allocation(
    UUID id,
    Owner owner,
    Optional<String> pool,
    IdRange uidRange,
    IdRange gidRange,
    AllocationState state,
    long serial) {

  /** The range in one of the two ID spaces. */
  public IdRange range(IdType type) {
    return type == IdType.SUBUID ? uidRange : gidRange;
  }

  /** The same ranges, of this owner. */
  public Allocation withOwner(Owner owner) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial);
  }

  /** The same, in this state. */
  public Allocation withState(AllocationState state) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial);
  }

  /** The same, last changed at this serial. */
  public Allocation withSerial(long serial) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial);
  }
}
