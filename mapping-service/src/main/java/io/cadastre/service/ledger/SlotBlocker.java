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
import org.jdbi.v3.core.Handle;

/**
 * Blocks the slots that must not be allocated: those that imported ranges, ranges of other pools,
 * foreign ranges or real IDs touch. A slot that is held already stays as it is.
 */
final class SlotBlocker {
  private final Handle handle;
  private final SlotQueries slots;

  SlotBlocker(Handle handle, SlotQueries slots) {
    this.handle = handle;
    this.slots = slots;
  }

  /** Blocks in all pools the slots that the allocation touches. */
  void touchedBy(Allocation allocation) {
    slots.all().forEach(pool -> touchedBy(pool, allocation));
  }

  /**
   * Records a foreign range, unless it is recorded, and blocks in all pools what it touches. A
   * range has one source: a local row takes the place of an entry, since only nodes know the row.
   */
  void foreign(IdType type, IdRange range, String source) {
    int added =
        handle
            .createUpdate(
                "INSERT INTO foreign_range (id_type, first_id, last_id, source)"
                    + " SELECT :type, :first, :last, :source WHERE NOT EXISTS (SELECT 1 FROM"
                    + " foreign_range WHERE id_type = :type AND first_id = :first"
                    + " AND last_id = :last)")
            .bind("type", type)
            .bind("first", range.start())
            .bind("last", range.last())
            .bind("source", source)
            .execute();
    if (added > 0) {
      slots.all().forEach(pool -> block(pool, range, BlockReason.ofSource(source)));
    } else if (BlockReason.ofSource(source) instanceof BlockReason.LocalRow row) {
      takeOver(type, range, row);
    }
  }

  private void takeOver(IdType type, IdRange range, BlockReason.LocalRow row) {
    int taken =
        handle
            .createUpdate(
                "UPDATE foreign_range SET source = :source WHERE id_type = :type"
                    + " AND first_id = :first AND last_id = :last AND source NOT LIKE :local")
            .bind("source", row.text())
            .bind("type", type)
            .bind("first", range.start())
            .bind("last", range.last())
            .bind("local", BlockReason.LocalRow.PREFIX + "%")
            .execute();
    if (taken > 0) {
      for (Pool pool : slots.all()) {
        pool.slotsTouching(range)
            .filter(slot -> isOfAnEntry(pool, slot))
            .forEach(
                slot -> {
                  unblock(pool.name(), slot);
                  block(pool.name(), slot, row);
                });
      }
    }
  }

  private boolean isOfAnEntry(Pool pool, long slot) {
    return slots
        .holder(pool.name(), slot)
        .filter(BlockReason.ForeignEntry.class::isInstance)
        .isPresent();
  }

  /** Removes the recorded foreign range that is equal to this one; blocks stay. */
  void forget(IdType type, IdRange range) {
    handle
        .createUpdate(
            "DELETE FROM foreign_range WHERE id_type = :type AND first_id = :first"
                + " AND last_id = :last")
        .bind("type", type)
        .bind("first", range.start())
        .bind("last", range.last())
        .execute();
  }

  /**
   * Frees a slot that a foreign range has blocked, unless another range touches it.
   *
   * @return whether it is free now, and was not before
   */
  boolean reconsider(Pool pool, long slot) {
    if (slots.holder(pool.name(), slot).filter(BlockReason::isForeign).isEmpty()) {
      return false;
    }
    unblock(pool.name(), slot);
    IdRange ids = pool.range(slot);
    for (IdType type : IdType.values()) {
      new DirectoryQueries(handle)
          .foreignOverlapping(type, ids)
          .ifPresent(source -> block(pool.name(), slot, BlockReason.ofSource(source)));
      new AllocationQueries(handle)
          .overlapping(type, ids)
          .ifPresent(a -> block(pool.name(), slot, new BlockReason.AllocatedRange(a.id())));
    }
    return slots.holder(pool.name(), slot).isEmpty();
  }

  /** Blocks in a pool that is new, or has new segments, the slots that known ranges touch. */
  void knownRanges(Pool pool) {
    Set<UUID> claiming = slots.claimingIn(pool.name());
    new AllocationQueries(handle)
        .all().stream()
            .filter(a -> !claiming.contains(a.id()) || !a.uidRange().equals(a.gidRange()))
            .forEach(allocation -> touchedBy(pool, allocation));
    new DirectoryQueries(handle)
        .foreignRanges()
        .forEach(f -> block(pool, f.range(), BlockReason.ofSource(f.source())));
  }

  private void touchedBy(Pool pool, Allocation allocation) {
    for (IdType type : IdType.values()) {
      block(pool, allocation.range(type), new BlockReason.AllocatedRange(allocation.id()));
    }
  }

  private void block(Pool pool, IdRange range, BlockReason reason) {
    pool.slotsTouching(range).forEach(slot -> block(pool.name(), slot, reason));
  }

  /** Blocks one slot. */
  void block(String pool, long slot, BlockReason reason) {
    if (slots.holder(pool, slot).isEmpty()) {
      handle
          .createUpdate("INSERT INTO slot (pool, slot, blocked_by) VALUES (:pool, :slot, :reason)")
          .bind("pool", pool)
          .bind("slot", slot)
          .bind("reason", reason.text())
          .execute();
    }
  }

  /** Removes the block of a slot, if there is one. */
  void unblock(String pool, long slot) {
    handle
        .createUpdate(
            "DELETE FROM slot WHERE pool = :pool AND slot = :slot AND allocation_id IS NULL")
        .bind("pool", pool)
        .bind("slot", slot)
        .execute();
  }
}
