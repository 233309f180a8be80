/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes pools, allocations, their ranges and their slots anew from the fold of all events. Slots
 * that were blocked stay blocked, where they are not claimed, and counters do not go back. Not
 * thread-safe.
 */
final class TableRewrite {
  private static final int AT_A_TIME = 1000;

  private final LedgerQueries queries;
  private final EventFold fold;

  TableRewrite(LedgerQueries queries, EventFold fold) {
    this.queries = queries;
    this.fold = fold;
  }

  void run() {
    List<BlockedSlot> blocked = queries.slots.blocked();
    Map<String, Long> counters = new HashMap<>(fold.allocations().counters());
    queries.pools.counters().forEach((pool, next) -> counters.merge(pool, next, Math::max));
    for (String table :
        List.of("slot", "id_range", "allocation", "segment", "pool", "dismissed_entry")) {
      queries.handle.execute("DELETE FROM " + table);
    }
    for (int i = 0; i < fold.pools().size(); i++) {
      queries.pools.insert(fold.pools().get(i), i);
    }
    List<Allocation> all = List.copyOf(fold.allocations().all());
    for (int from = 0; from < all.size(); from += AT_A_TIME) {
      queries.allocations.insert(all.subList(from, Math.min(from + AT_A_TIME, all.size())));
    }
    fold.allocations().claims().forEach(queries.slots::claim);
    blocked.stream()
        .filter(this::exists)
        .forEach(slot -> queries.slots.block(slot.pool(), slot.slot(), slot.reason()));
    fold.dismissed().forEach(queries.dismissed::add);
    SlotBlocks blocks = new SlotBlocks(queries);
    fold.allocations().offGrid().forEach(blocks::touchedBy);
    fold.pools().forEach(pool -> queries.pools.setNextSlot(pool.name(), counter(pool, counters)));
    queries.clockSteps.replace(fold.clock().steps());
  }

  private boolean exists(BlockedSlot slot) {
    Optional<Pool> pool = queries.pool(slot.pool());
    return slot.slot() >= 0 && pool.filter(p -> slot.slot() < p.slots()).isPresent();
  }

  private static long counter(Pool pool, Map<String, Long> counters) {
    return Math.min(counters.getOrDefault(pool.name(), 0L), pool.slots());
  }
}
