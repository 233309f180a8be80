/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Optional;
import java.util.UUID;

/**
 * The two ranges of one owner, one of subuids and one of subgids. The ranges of an acknowledged
 * allocation never change, and the allocation is never deleted. Immutable.
 *
 * @param id the allocation's own id
 * @param owner the owner, as last known
 * @param pool the pool it was taken from; empty if it was imported off the grid
 * @param uidRange the subordinate user IDs
 * @param gidRange the subordinate group IDs; starts where {@code uidRange} does, unless imported
 * @param state the present state
 * @param serial the serial of the last change that the snapshot shows
 * @param revision the ledger's revision at the last change; 0 if none is recorded, as in an entry
 *     of an earlier version
 */
public record Allocation(
    UUID id,
    Owner owner,
    Optional<String> pool,
    IdRange uidRange,
    IdRange gidRange,
    AllocationState state,
    long serial,
    long revision) {

  /** An allocation without a revision. */
  public Allocation(
      UUID id,
      Owner owner,
      Optional<String> pool,
      IdRange uidRange,
      IdRange gidRange,
      AllocationState state,
      long serial) {
    this(id, owner, pool, uidRange, gidRange, state, serial, 0);
  }

  /** Returns the range in one of the two ID spaces. */
  public IdRange range(IdType type) {
    return type == IdType.SUBUID ? uidRange : gidRange;
  }

  /** Returns a copy with this owner. */
  public Allocation withOwner(Owner owner) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial, revision);
  }

  /** Returns a copy in this state. */
  public Allocation withState(AllocationState state) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial, revision);
  }

  /** Returns a copy that was last changed at this serial. */
  public Allocation withSerial(long serial) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial, revision);
  }

  /** Returns a copy that was last changed at this revision. */
  public Allocation withRevision(long revision) {
    return new Allocation(id, owner, pool, uidRange, gidRange, state, serial, revision);
  }
}
