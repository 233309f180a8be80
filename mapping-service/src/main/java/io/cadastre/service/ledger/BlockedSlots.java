/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads the blocked slots of a pool, those without an allocation, within one transaction. */
public final class BlockedSlots {
  private final SlotQueries slots;

  BlockedSlots(SlotQueries slots) {
    this.slots = slots;
  }

  /** The number of the pool's slots that are blocked. */
  public long count(String pool) {
    return slots.blockedCount(pool);
  }

  /** The IDs of the pool's blocked slots: adjacent slots are one range, as long as it may be. */
  public List<IdRange> ids(Pool pool) {
    return slots.blockedRuns(pool.name()).stream().flatMap(run -> ids(pool, run)).toList();
  }

  /** Slots one after another can lie in several segments. */
  private static Stream<IdRange> ids(Pool pool, SlotQueries.Run run) {
    Stream.Builder<IdRange> ids = Stream.builder();
    long base = 0;
    for (IdRange segment : pool.segments()) {
      long end = base + segment.count() / pool.count();
      long first = Math.max(run.first(), base);
      long last = Math.min(run.last(), end - 1);
      if (first <= last) {
        ids.add(
            new IdRange(
                segment.start() + (first - base) * pool.count(),
                (last - first + 1) * pool.count()));
      }
      base = end;
    }
    return ids.build();
  }

  /** Why the slot with this ID is blocked; empty if it is not, or if the pool has no such ID. */
  public Optional<BlockReason> reason(Pool pool, long id) {
    OptionalLong slot = pool.slotsTouching(IdRange.between(id, id)).findFirst();
    return slot.isEmpty() ? Optional.empty() : slots.blockReason(pool.name(), slot.getAsLong());
  }
}
