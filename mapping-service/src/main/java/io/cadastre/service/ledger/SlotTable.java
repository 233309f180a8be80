/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The slots that are claimed or blocked, and the foreign ranges that block them. */
final class SlotTable {
  private final Handle handle;

  /** Whether there are any, as this transaction sees it: most ledgers never have one. */
  private Optional<Boolean> anyForeign = Optional.empty();

  /** By pool, as far as it is known. */
  private final Map<String, Free> free = new HashMap<>();

  /** Slots that nobody holds: from {@code from} to the one before {@code held}. */
  private record Free(long from, long held) {
    static final Free NONE = new Free(0, 0);

    boolean has(long slot) {
      return slot >= from && slot < held;
    }

    /** What is left when this slot is taken; those below it are forgotten. */
    Free after(long slot) {
      return has(slot) ? new Free(slot + 1, held) : this;
    }
  }

  SlotTable(Handle handle) {
    this.handle = handle;
  }

  /** Why the slot is held: the allocation that claims it, or what blocks it; empty if free. */
  Optional<BlockReason> holder(String pool, long slot) {
    return handle
        .createQuery(
            "SELECT COALESCE(blocked_by, 'allocation ' || CAST(allocation_id AS VARCHAR))"
                + " FROM slot WHERE pool = :pool AND slot = :slot")
        .bind("pool", pool)
        .bind("slot", slot)
        .mapTo(String.class)
        .findOne()
        .map(BlockReason::parse);
  }

  /**
   * Whether the slot is held. Asked for slot after slot, it asks the database once a gap: nobody
   * else takes any while this transaction lasts.
   */
  boolean isHeld(String pool, long slot) {
    if (!isKnownFree(pool, slot)) {
      long held = firstHeld(pool, slot).orElse(Long.MAX_VALUE);
      free.put(pool, new Free(slot, held));
      return held == slot;
    }
    return false;
  }

  /** Whether the slot is free by what was asked before. */
  boolean isKnownFree(String pool, long slot) {
    return free.getOrDefault(pool, Free.NONE).has(slot);
  }

  private Optional<Long> firstHeld(String pool, long from) {
    return handle
        .createQuery(
            "SELECT slot FROM slot WHERE pool = :pool AND slot >= :from"
                + " ORDER BY pool, slot LIMIT 1")
        .bind("pool", pool)
        .bind("from", from)
        .mapTo(Long.class)
        .findOne();
  }

  /** The first slot after this one, which is held, that is not: however many are held in a row. */
  long nextFree(String pool, long held) {
    return handle
        .createQuery(
            "SELECT s.slot + 1 FROM slot s WHERE s.pool = :pool AND s.slot >= :held AND NOT EXISTS"
                + " (SELECT 1 FROM slot n WHERE n.pool = :pool AND n.slot = s.slot + 1)"
                + " ORDER BY s.pool, s.slot LIMIT 1")
        .bind("pool", pool)
        .bind("held", held)
        .mapTo(Long.class)
        .one();
  }

  /** Claims the slots of allocations that each have one. */
  void claim(List<Grant> grants) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO slot (pool, slot, allocation_id) VALUES (:pool, :slot, :allocation)");
    for (Grant grant : grants) {
      batch
          .bind("pool", grant.allocation().pool().orElseThrow())
          .bind("slot", grant.slot().orElseThrow())
          .bind("allocation", grant.allocation().id())
          .add();
    }
    batch.execute();
  }

  /** Claims a slot for the allocation of that id. */
  void claim(FoldedAllocations.Slot slot, UUID allocation) {
    handle
        .createUpdate("INSERT INTO slot (pool, slot, allocation_id) VALUES (:pool, :slot, :id)")
        .bind("pool", slot.pool())
        .bind("slot", slot.number())
        .bind("id", allocation)
        .execute();
  }

  /** The allocations that claim a slot of this pool. */
  Set<UUID> claimingIn(String pool) {
    return handle
        .createQuery(
            "SELECT allocation_id FROM slot WHERE pool = :pool AND allocation_id IS NOT NULL")
        .bind("pool", pool)
        .mapTo(UUID.class)
        .set();
  }

  /** Says that a slot is about to be held. */
  void taken(String pool, long slot) {
    free.computeIfPresent(pool, (name, known) -> known.after(slot));
  }

  /** Blocks a slot; a slot that is held already stays as it is. */
  void block(String pool, long slot, BlockReason reason) {
    if (holder(pool, slot).isEmpty()) {
      handle
          .createUpdate("INSERT INTO slot (pool, slot, blocked_by) VALUES (:pool, :slot, :why)")
          .bind("pool", pool)
          .bind("slot", slot)
          .bind("why", reason.text())
          .execute();
      taken(pool, slot);
    }
  }

  /** Takes the block off a slot, if it has one. */
  void unblock(String pool, long slot) {
    handle
        .createUpdate(
            "DELETE FROM slot WHERE pool = :pool AND slot = :slot AND allocation_id IS NULL")
        .bind("pool", pool)
        .bind("slot", slot)
        .execute();
  }

  /** The blocked slots and why. */
  List<BlockedSlot> blocked() {
    return handle
        .createQuery(
            "SELECT pool, slot, blocked_by FROM slot WHERE blocked_by IS NOT NULL"
                + " ORDER BY pool, slot")
        .map(
            (row, context) ->
                new BlockedSlot(
                    row.getString("pool"),
                    row.getLong("slot"),
                    BlockReason.parse(row.getString("blocked_by"))))
        .list();
  }

  /** Records a range of the directory that the ledger does not know; false if it is recorded. */
  boolean addForeign(IdType type, IdRange range, String source) {
    anyForeign = Optional.empty();
    return handle
            .createUpdate(
                "INSERT INTO foreign_range (id_type, first_id, last_id, source)"
                    + " SELECT :type, :first, :last, :source WHERE NOT EXISTS (SELECT 1 FROM"
                    + " foreign_range WHERE id_type = :type AND first_id = :first"
                    + " AND last_id = :last)")
            .bind("type", type.word())
            .bind("first", range.start())
            .bind("last", range.last())
            .bind("source", source)
            .execute()
        > 0;
  }

  /** Where the foreign range that overlaps {@code range} was found, if there is one. */
  Optional<String> foreignOverlapping(IdType type, IdRange range) {
    if (anyForeign.isEmpty()) {
      anyForeign = Optional.of(!foreign().isEmpty());
    }
    if (!anyForeign.get()) {
      return Optional.empty();
    }
    return handle
        .createQuery(
            "SELECT source FROM foreign_range WHERE id_type = :type AND first_id <= :last"
                + " AND last_id >= :first ORDER BY first_id LIMIT 1")
        .bind("type", type.word())
        .bind("first", range.start())
        .bind("last", range.last())
        .mapTo(String.class)
        .findOne();
  }

  /** All foreign ranges of both ID spaces. */
  List<ForeignRange> foreign() {
    return handle
        .createQuery("SELECT * FROM foreign_range ORDER BY first_id, id_type")
        .map(
            (row, context) ->
                new ForeignRange(
                    row.getString("id_type").equals("subuid") ? IdType.SUBUID : IdType.SUBGID,
                    IdRange.between(row.getLong("first_id"), row.getLong("last_id")),
                    row.getString("source")))
        .list();
  }
}
