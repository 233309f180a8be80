/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Reads the ledger within one transaction: no method changes anything. Not thread-safe.
 *
 * <p>{@link AllocationQueries}, {@link SlotQueries}, {@link EventQueries} and {@link
 * DirectoryQueries} hold the SQL.
 */
public final class LedgerQueries {
  private final Handle handle;
  private final AllocationQueries allocations;
  private final SlotQueries slots;
  private final DirectoryQueries directory;

  LedgerQueries(Handle handle) {
    this(handle, new SlotQueries(handle));
  }

  /** Reads with the pools that a transaction has read already. */
  LedgerQueries(Handle handle, SlotQueries slots) {
    this.handle = handle;
    this.allocations = new AllocationQueries(handle);
    this.slots = slots;
    this.directory = new DirectoryQueries(handle);
  }

  /** The owners by present and former names. */
  public NameQueries names() {
    return new NameQueries(handle, allocations);
  }

  /** The states at earlier times. */
  public HistoryQueries history() {
    return new HistoryQueries(events(), new EventTimes(handle), head().lastEvent());
  }

  private EventQueries events() {
    return new EventQueries(handle);
  }

  /** Where the ledger stands. */
  public LedgerHead head() {
    return handle.createQuery("SELECT * FROM ledger WHERE id = 1").mapTo(LedgerHead.class).one();
  }

  /** The allocation with this id. */
  public Optional<Allocation> byId(UUID id) {
    return allocations.byId(id);
  }

  /** The owner's allocation in any state but superseded; an owner has at most one. */
  public Optional<Allocation> countingFor(String stableId) {
    return allocations.countingFor(stableId);
  }

  /** All allocations of the owner, superseded ones included, oldest change first. */
  public List<Allocation> ofOwner(String stableId) {
    return allocations.ofOwner(stableId);
  }

  /** All allocations of these owners, by stable id; an owner without any is left out. */
  public Map<String, List<Allocation>> ofOwners(List<String> stableIds) {
    return allocations.ofOwners(stableIds);
  }

  /** The allocations, superseded ones left out, that hold this owner's name or uid, by id. */
  public List<Allocation> countingUnder(Owner owner) {
    return allocations.countingUnder(owner);
  }

  /** Of the allocations under this name, the active one, else the latest that counts. */
  public Optional<Allocation> currentNamed(OwnerName name) {
    return allocations.currentNamed(name);
  }

  /** Of the allocations under this uid, the active one, else the latest that counts. */
  public Optional<Allocation> currentWithUid(long uidNumber) {
    return allocations.currentWithUid(uidNumber);
  }

  /** The owners among these whose stable id, name and uid are all absent from the ledger. */
  public List<Owner> unknownAmong(Collection<Owner> owners) {
    return allocations.unknownAmong(owners);
  }

  /** Every allocation in this state. */
  public List<Allocation> inState(AllocationState state) {
    return allocations.inState(state);
  }

  /** Passes on every allocation, by start of the subuid range. Keeps none of them. */
  public void forEachAllocation(Consumer<Allocation> consumer) {
    allocations.forEach(consumer);
  }

  /** Passes on every allocation, page by page, in no order and in the shortest time. */
  public void forEachStoredPage(Consumer<List<Allocation>> consumer) {
    allocations.forEachStoredPage(consumer);
  }

  /** Every allocation, by start of the subuid range. */
  public List<Allocation> all() {
    return allocations.all();
  }

  /** One page of the listing. */
  public List<Allocation> page(AllocationQuery query) {
    return allocations.page(query);
  }

  /** The allocation with this ID in its range, whatever its state. */
  public Optional<Allocation> holding(IdType type, long id) {
    return allocations.overlapping(type, IdRange.between(id, id));
  }

  /** The allocation that shares an ID with this range. */
  public Optional<Allocation> overlapping(IdType type, IdRange range) {
    return allocations.overlapping(type, range);
  }

  /** The recorded pools; the first is the default. */
  public List<Pool> pools() {
    return slots.all();
  }

  /** The recorded pool with this name. */
  public Optional<Pool> pool(String name) {
    return slots.byName(name);
  }

  /** The number of the pool's slots that are claimed or blocked. */
  public long heldSlotCount(String pool) {
    return slots.heldCount(pool);
  }

  /** The number of allocations by pool and day (UTC), from the day of {@code since} on. */
  public Map<String, SortedMap<LocalDate, Long>> grantDays(Instant since) {
    return new GrantDayTable(handle).since(LocalDate.ofInstant(since, ZoneOffset.UTC)).byPool();
  }

  /** Whether a slot is neither claimed nor blocked. */
  public boolean isSlotFree(String pool, long slot) {
    return slots.holder(pool, slot).isEmpty();
  }

  /** The blocked slots, by pool and number. */
  public List<BlockedSlot> blockedSlots() {
    return slots.blocked();
  }

  /** The blocked slots of single pools. */
  public BlockedSlots blocked() {
    return new BlockedSlots(slots);
  }

  /** The ranges in the directory that the ledger does not know. */
  public List<ForeignRange> foreignRanges() {
    return directory.foreignRanges();
  }

  /** Whether an admin has dismissed this directory entry. */
  public boolean isDismissed(DismissedEntry entry) {
    return directory.isDismissed(entry);
  }

  /** The events after {@code seq}, of the owner with this name if given, oldest first. */
  public List<Event> eventsAfter(long seq, Optional<OwnerName> owner, int limit) {
    return owner
        .map(name -> names().eventsAfter(seq, name, limit))
        .orElseGet(() -> events().after(seq, limit));
  }

  /**
   * The rows of the snapshot that changed between two serials. Empty if the events do not tell,
   * after an adoption or a settlement, or if there are more than {@code limit} events.
   */
  public Optional<Collection<RowChange>> rowChanges(long since, long upTo, int limit) {
    return events().rowChanges(since, upTo, limit);
  }

  /** All events in order; the stream must be closed within the transaction. */
  public Stream<Event> allEvents() {
    return events().stream();
  }

  /** The real IDs that reads have shown, by type and number. */
  public List<KnownId> realIds() {
    return directory.realIds();
  }

  /** Whether no real ID is known, as before the first read and after a replay or a rebuild. */
  public boolean remembersNoIds() {
    return directory.remembersNoIds();
  }

  /** The losses of the last 24 hours, by the database's clock. */
  public RecentLosses losses() {
    return new LossQuery(handle).upTo(head().lastEvent());
  }

  /** The owners to publish, longest waiting first; those that the directory refused come last. */
  public List<OutboxEntry> dirtyOwners(int limit) {
    return directory.dirtyOwners(limit);
  }

  /** The owners among these, by stable id, that wait to be published. */
  public Set<String> dirtyAmong(List<String> stableIds) {
    return directory.dirtyAmong(stableIds);
  }

  /** Whether this owner waits to be published. */
  public boolean isDirty(String stableId) {
    return directory.isDirty(stableId);
  }

  /** How many owners wait to be published, and for how long the oldest has waited. */
  public OutboxAge outboxAge(Instant now) {
    return directory.outboxAge(now);
  }
}
