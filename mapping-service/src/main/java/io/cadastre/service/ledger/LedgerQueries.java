/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.RowChange;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Every question that can be asked of the ledger, within one transaction. Not thread-safe. */
public final class LedgerQueries {
  private static final Set<String> FROM_ELSEWHERE =
      Set.of(EventKind.ADOPT.word(), EventKind.SETTLE.word());

  final Handle handle;
  final AllocationTable allocations;
  final SlotTable slots;
  final PoolTable pools;
  final EventTable events;
  final OutboxTable outbox;
  final ClockStepTable clockSteps;
  private final OwnerTable owners;
  final DismissedTable dismissed;
  final RealIdTable realIds;

  LedgerQueries(Handle handle) {
    this.handle = handle;
    this.allocations = new AllocationTable(handle);
    this.slots = new SlotTable(handle);
    this.pools = new PoolTable(handle);
    this.events = new EventTable(handle);
    this.outbox = new OutboxTable(handle);
    this.owners = new OwnerTable(handle, allocations);
    this.dismissed = new DismissedTable(handle);
    this.clockSteps = new ClockStepTable(handle);
    this.realIds = new RealIdTable(handle);
  }

  /** Where the ledger stands. */
  public LedgerHead head() {
    return new LedgerHeadTable(handle).find().orElseThrow();
  }

  /** The allocation of that id. */
  public Optional<Allocation> byId(UUID id) {
    return allocations.byId(id);
  }

  /** The allocation that counts for this owner: any state but superseded. */
  public Optional<Allocation> countingFor(String stableId) {
    return allocations.countingFor(stableId);
  }

  /** All of an owner's allocations, superseded ones included. */
  public List<Allocation> ofOwner(String stableId) {
    return allocations.ofOwner(stableId);
  }

  /** The same of many owners, by stable id; one who has none is left out. */
  public Map<String, List<Allocation>> ofOwners(List<String> stableIds) {
    return allocations.ofOwners(stableIds);
  }

  /** The allocations that count for whoever has, or had last, this owner's name or his uid. */
  public List<Allocation> countingUnder(Owner owner) {
    return allocations.countingUnder(owner);
  }

  /** Of all allocations under this name, the active one, else the latest that counts. */
  public Optional<Allocation> presentNamed(OwnerName name) {
    return owners.presentNamed(name);
  }

  /** Of all allocations under this uid, the active one, else the latest that counts. */
  public Optional<Allocation> presentWithUid(long uidNumber) {
    return owners.presentWithUid(uidNumber);
  }

  /** An owner's superseded allocations, the latest {@code limit} of them, latest last. */
  public List<Allocation> formerOf(String stableId, int limit) {
    return owners.former(stableId, limit);
  }

  /** The events of an owner's allocations, the latest {@code limit} of them, latest last. */
  public List<Event> latestEventsOf(String stableId, int limit) {
    return owners.events(stableId, limit);
  }

  /**
   * Those of these owners of whom the ledger knows neither the stable id nor the name nor the uid.
   */
  public List<Owner> unknownAmong(Collection<Owner> owners) {
    return allocations.unknownAmong(owners);
  }

  /** Every allocation in this state. */
  public List<Allocation> inState(AllocationState state) {
    return allocations.inState(state);
  }

  /** Every allocation there ever was, by start of the subuid range. */
  public List<Allocation> all() {
    return allocations.all();
  }

  /** One page of the listing. */
  public List<Allocation> page(AllocationQuery query) {
    return allocations.page(query);
  }

  /** Whose range holds this ID, whatever its state. */
  public Optional<Allocation> holding(IdType type, long id) {
    return allocations.holding(type, id);
  }

  /** The allocation that overlaps this range, if one does. */
  public Optional<Allocation> overlapping(IdType type, IdRange range) {
    return allocations.overlapping(type, range);
  }

  /** The recorded pools; the first is the default. */
  public List<Pool> pools() {
    return pools.all();
  }

  /** The recorded pool of that name. */
  public Optional<Pool> pool(String name) {
    return pools.byName(name);
  }

  /** How many slots of the pool are claimed or blocked. */
  public HeldSlots heldSlots(String pool) {
    return pools.held(pool);
  }

  /** When slots of the pool were granted since {@code since}, in the order of their events. */
  public List<Instant> grantsSince(String pool, Instant since) {
    return events.grantsSince(pool, since);
  }

  /** Whether a slot is neither claimed nor blocked. */
  public boolean isSlotFree(String pool, long slot) {
    return !slots.isHeld(pool, slot);
  }

  /** The slots that no allocation may claim. */
  public List<BlockedSlot> blockedSlots() {
    return slots.blocked();
  }

  /** The ranges of the directory that the ledger does not know. */
  public List<ForeignRange> foreignRanges() {
    return slots.foreign();
  }

  /** Whether an admin has dismissed this entry of the directory. */
  public boolean isDismissed(DismissedEntry entry) {
    return dismissed.contains(entry);
  }

  /** The events after {@code seq}, of this owner's name if given, oldest first. */
  public List<Event> eventsAfter(long seq, Optional<String> owner, int limit) {
    return events.after(seq, owner, limit);
  }

  /**
   * What changed in the snapshot between two serials; empty if the ledger cannot tell, because it
   * was filled from the directory or settled since, or if it took more than {@code limit} events.
   */
  public Optional<Collection<RowChange>> rowChanges(long since, long upTo, int limit) {
    List<Event> between = events.between(since, upTo, limit + 1);
    return between.size() > limit
            || between.stream().anyMatch(e -> FROM_ELSEWHERE.contains(e.kind()))
        ? Optional.empty()
        : Optional.of(RowChange.of(between));
  }

  /** All events in order; the stream lives as long as the transaction. */
  public Stream<Event> allEvents() {
    return events.stream();
  }

  /**
   * What the allocation was at that time, which is after the last event of the whole ledger that
   * reads it or earlier: empty before it was granted.
   */
  public Optional<Allocation> asOf(UUID allocation, Instant at) {
    return events
        .lastOf(allocation, clockSteps.lastAt(at, head().lastEvent()))
        .map(event -> EventJson.value(event.after(), AllocationRecord.class).toAllocation());
  }

  /** The real IDs that reads have shown, by type and number. */
  public List<KnownId> realIds() {
    return realIds.all();
  }

  /** Whether no real ID is known: before the first read, after a replay or a rebuild. */
  public boolean remembersNoIds() {
    return realIds.isEmpty();
  }

  /** The losses of the last 24 hours, by the database's clock. */
  public RecentLosses losses() {
    return new LossQuery(handle)
        .upTo(new LedgerHeadTable(handle).reading(true), head().lastEvent());
  }

  /** The owners that wait to be published, longest first. */
  public List<OutboxEntry> dirtyOwners(int limit) {
    return outbox.oldest(limit);
  }

  /** Those of these owners, by stable id, whose entries may not yet equal the ledger. */
  public Set<String> dirtyAmong(List<String> stableIds) {
    return outbox.among(stableIds);
  }

  /** Whether this owner waits to be published. */
  public boolean isDirty(String stableId) {
    return outbox.isDirty(stableId);
  }

  /** How many owners wait to be published, and how long the oldest has. */
  public OutboxAge outboxAge(Instant now) {
    return outbox.age(now);
  }
}
