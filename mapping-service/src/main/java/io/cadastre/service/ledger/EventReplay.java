/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.BlockedRange;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.PoolRecord;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes verified events, and what they did, into empty tables. Not thread-safe. */
final class EventReplay {
  private final Handle handle;
  private final SlotQueries slots;
  private final PoolWriter poolWriter;
  private final SlotBlocker blocker;
  private final AllocationWriter writer;
  private final List<BlockedRange> blocked = new ArrayList<>();

  EventReplay(Handle handle) {
    this.handle = handle;
    this.slots = new SlotQueries(handle);
    this.poolWriter = new PoolWriter(handle, slots);
    this.blocker = new SlotBlocker(handle, slots);
    this.writer = new AllocationWriter(handle, slots);
  }

  /**
   * Applies the next event.
   *
   * @param revision the revision of the event
   */
  void apply(Event event, long revision) {
    switch (EventKind.of(event.kind())) {
      case LEDGER,
          SETTLE,
          ACCEPT_LOSS,
          ACCEPT_ENTITLED,
          FORGET_IDS,
          // Events have no hash: no token outlives a replay.
          MAKE_TOKEN,
          REVOKE_TOKEN,
          SUSPEND_TOKEN,
          CONFIRM_TOKEN,
          USE_BOOTSTRAP -> {}
      case BLOCK -> blocked.add(EventJson.value(event.after(), BlockedRange.class));
      case RELEASE_FOREIGN -> release(EventJson.value(event.after(), ReleasedRange.class));
      case DISMISS ->
          new DismissedTable(handle).add(EventJson.value(event.after(), DismissedEntry.class));
      case POOL -> poolWriter.add(pool(event));
      case SEGMENT -> {
        Pool pool = pool(event);
        poolWriter.addSegments(pool, slots.byName(pool.name()).orElseThrow().segments().size());
      }
      case ALLOCATE,
          IMPORT,
          ADOPT,
          RETIRE,
          REINSTATE,
          WITHHOLD,
          RESTORE,
          FOLLOW,
          SUPERSEDE,
          REBIND -> {
        Allocation after = AllocationRecord.after(event, revision);
        if (event.before().isEmpty()) {
          writer.insert(List.of(after));
        } else {
          writer.update(after);
        }
      }
    }
    EventWriter.insert(handle, List.of(event));
  }

  private void release(ReleasedRange released) {
    blocked.removeIf(
        local -> local.start() == released.start() && local.count() == released.count());
  }

  private static Pool pool(Event event) {
    return EventJson.value(event.after(), PoolRecord.class).toPool();
  }

  /**
   * Claims and blocks the slots of the allocations, once all events are applied. Each {@code
   * next_slot} lies behind the last claim.
   */
  void finish(EventFold fold) {
    FoldedAllocations allocations = fold.allocations();
    writer.claim(allocations.claims());
    allocations.offGrid().forEach(blocker::touchedBy);
    for (BlockedRange local : blocked) {
      blocker.foreign(
          IdType.of(local.type()), new IdRange(local.start(), local.count()), local.source());
    }
    Map<String, Long> nextSlots = new HashMap<>();
    allocations
        .claims()
        .forEach(claim -> nextSlots.merge(claim.pool(), claim.slot() + 1, Math::max));
    nextSlots.forEach(poolWriter::recordNextSlot);
    EventWriter.replaceSteps(handle, fold.clock().steps());
    new GrantDayTable(handle).replace(allocations.grantDays());
  }
}
