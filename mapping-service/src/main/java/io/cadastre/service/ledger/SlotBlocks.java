/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.Set;
import java.util.UUID;

/**
 * Blocks the slots that ranges touch without having claimed them: those of imported allocations, of
 * other pools, and of entries of the directory that the ledger does not know.
 */
final class SlotBlocks {
  private final LedgerQueries queries;

  SlotBlocks(LedgerQueries queries) {
    this.queries = queries;
  }

  /** Blocks in all pools what a granted allocation touches. */
  void touchedBy(Allocation allocation) {
    queries.pools().forEach(pool -> touched(pool, allocation));
  }

  /** Records a range of the directory, unless it is recorded, and blocks what it touches. */
  void foreign(IdType type, IdRange range, String source) {
    if (queries.slots.addForeign(type, range, source)) {
      queries.pools().forEach(pool -> touched(pool, range, source));
    }
  }

  /** Blocks in a pool that is new, or has new segments, what all known ranges touch. */
  void knownRanges(Pool pool) {
    Set<UUID> claiming = queries.slots.claimingIn(pool.name());
    queries.all().stream()
        .filter(a -> !claiming.contains(a.id()) || !a.uidRange().equals(a.gidRange()))
        .forEach(allocation -> touched(pool, allocation));
    queries.foreignRanges().forEach(foreign -> touched(pool, foreign.range(), foreign.source()));
  }

  private void touched(Pool pool, Allocation allocation) {
    for (IdType type : IdType.values()) {
      block(pool, allocation.range(type), new BlockReason.AllocatedRange(allocation.id()));
    }
  }

  private void touched(Pool pool, IdRange range, String source) {
    block(pool, range, new BlockReason.ForeignEntry(source));
  }

  private void block(Pool pool, IdRange range, BlockReason reason) {
    pool.slotsTouching(range).forEach(slot -> queries.slots.block(pool.name(), slot, reason));
  }
}
