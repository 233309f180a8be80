/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Writes pools, allocations, their ranges and their slots anew from the fold of all events. Blocked
 * slots stay blocked unless they are claimed, and {@code next_slot} does not go back. Not
 * thread-safe.
 */
final class TableRebuild {
  private static final int BATCH = 1000;

  private final Handle handle;
  private final SlotQueries slots;
  private final SlotBlocker blocker;
  private final EventFold fold;

  TableRebuild(Handle handle, EventFold fold) {
    this.handle = handle;
    this.slots = new SlotQueries(handle);
    this.blocker = new SlotBlocker(handle, slots);
    this.fold = fold;
  }

  void run() {
    List<BlockedSlot> blocked = slots.blocked();
    Map<String, Long> nextSlots = new HashMap<>(fold.allocations().nextSlots());
    slots.nextSlots().forEach((pool, next) -> nextSlots.merge(pool, next, Math::max));
    for (String table :
        List.of("slot", "id_range", "allocation", "segment", "pool", "dismissed_entry")) {
      handle.execute("DELETE FROM " + table);
    }
    slots.invalidate();
    PoolWriter poolWriter = new PoolWriter(handle, slots);
    fold.pools().forEach(poolWriter::add);
    AllocationWriter writer = new AllocationWriter(handle, slots);
    writeAllocations(writer, blocked);
    DismissedTable dismissed = new DismissedTable(handle);
    fold.dismissed().forEach(dismissed::add);
    fold.pools()
        .forEach(
            pool ->
                poolWriter.recordNextSlot(
                    pool.name(), Math.min(nextSlots.getOrDefault(pool.name(), 0L), pool.slots())));
    EventWriter.replaceSteps(handle, fold.clock().steps());
    new GrantDayTable(handle).replace(fold.allocations().grantDays());
  }

  private void writeAllocations(AllocationWriter writer, List<BlockedSlot> blocked) {
    FoldedAllocations all = fold.allocations();
    for (int from = 0; from < all.size(); from += BATCH) {
      writer.insert(
          IntStream.range(from, Math.min(from + BATCH, all.size())).mapToObj(all::get).toList());
    }
    writer.claim(fold.allocations().claims());
    blocked.stream()
        .filter(this::exists)
        .forEach(slot -> blocker.block(slot.pool(), slot.slot(), slot.reason()));
    fold.allocations().offGrid().forEach(blocker::touchedBy);
  }

  private boolean exists(BlockedSlot slot) {
    Optional<Pool> pool = slots.byName(slot.pool());
    return slot.slot() >= 0 && pool.filter(p -> slot.slot() < p.slots()).isPresent();
  }
}
