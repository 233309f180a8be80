/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.PoolRecord;
import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.ledger.AllocationWriter.NewAllocation;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * One change to the ledger, which holds the lock on the serial's row, so that changes see each
 * other whole or not at all. Not thread-safe. A change guarantees, in this order:
 *
 * <ol>
 *   <li>the row lock is taken before anything is read, so no other change interleaves;
 *   <li>the primary key accepts the claim of the slot and the overlap query passes, or nothing is
 *       written;
 *   <li>queries and changes after a grant see it, although grants are written in batches;
 *   <li>the allocation, its event and the outbox row of its owner are written together;
 *   <li>serial, revision and hash chain move last, in the same transaction.
 * </ol>
 */
public final class LedgerTransaction {
  private final Handle handle;
  private final LedgerQueries queries;
  private final SlotQueries slots;
  private final SlotBlocker blocker;
  private final SlotSearch search;
  private final AllocationWriter writer;
  private final EventWriter events;
  private final Map<String, OutboxEntry> dirty = new LinkedHashMap<>();
  private final AbsentOwners absentOwners = new AbsentOwners();

  LedgerTransaction(Handle handle, LedgerHead head, Instant now) {
    this.handle = handle;
    this.slots = new SlotQueries(handle);
    this.queries = new LedgerQueries(handle, slots);
    this.writer = new AllocationWriter(handle, slots);
    this.blocker = new SlotBlocker(handle, slots);
    this.search = new SlotSearch(slots);
    this.events = new EventWriter(handle, head, now);
  }

  /**
   * Writes the buffered grants; returns queries that see all so far. Call it anew after a change.
   *
   * @throws InvariantBroken if a buffered grant overlaps a known range
   */
  public LedgerQueries flush() {
    writer.flush();
    return queries;
  }

  /** The recorded pools; the first is the default. */
  public List<Pool> pools() {
    return queries.pools();
  }

  /** Prefetches which of these owners are absent from the ledger, with three queries for all. */
  public void expect(Collection<Owner> owners) {
    absentOwners.add(flush().unknownAmong(owners));
  }

  /** Whether the owner was prefetched and is absent from the ledger, this change included. */
  public boolean isAbsent(Owner owner) {
    return absentOwners.has(owner);
  }

  /** The head of the ledger after the changes so far. */
  public LedgerHead head() {
    return events.head();
  }

  /** The database's clock, read under the lock; it may have been set back since the last event. */
  public Instant now() {
    return events.now();
  }

  /** Writes what was buffered, the events and the head last; returns the events. */
  List<Event> finish() {
    writer.flush();
    PoolWriter pools = new PoolWriter(handle, slots);
    search.positions().forEach((pool, position) -> pools.recordNextSlot(pool, position.next()));
    new OutboxTable(handle).mark(dirty.values(), now());
    events.write();
    return events.added();
  }

  /**
   * Grants ranges to an owner without an allocation that counts; returns it as recorded.
   *
   * @param wanted the allocation; its serial and revision are set here
   * @param slot the slot that it claims; empty for ranges off the grid, which block what they touch
   * @throws InvariantBroken if a range overlaps a known range, at the next {@link #flush} at latest
   */
  public Allocation grant(
      Allocation wanted, OptionalLong slot, EventKind kind, AuditContext context) {
    return insert(next(wanted, head().serial() + 1), slot, kind, context);
  }

  /**
   * Records an allocation that a directory entry proves, with the entry's serial or the next one.
   *
   * @param slot as for {@link #grant}; ignored if the ledger knows the allocation
   * @param above the ledger's revision is above this one from now on
   * @throws InvariantBroken as {@link #grant} does
   */
  public Allocation adopt(
      Allocation published, OptionalLong slot, long above, AuditContext context) {
    Optional<Allocation> known = flush().byId(published.id());
    long serial =
        known
            .filter(a -> a.serial() == published.serial())
            .map(a -> serialAfter(a, published))
            .orElse(Math.max(published.serial(), head().serial() + 1));
    Allocation adopted =
        published.withSerial(serial).withRevision(Math.max(above, head().revision()) + 1);
    return known
        .map(before -> update(before, adopted, EventKind.ADOPT, context))
        .orElseGet(() -> insert(adopted, slot, EventKind.ADOPT, context));
  }

  private Allocation insert(
      Allocation granted, OptionalLong slot, EventKind kind, AuditContext context) {
    slot.ifPresent(number -> search.exclude(granted.pool().orElseThrow(), number));
    NewAllocation added = new NewAllocation(granted, slot, kind == EventKind.ADOPT);
    writer.add(added);
    if (!added.isOnGrid()) {
      search.forgetFree();
    }
    absentOwners.met(granted.owner());
    events.add(kind, Optional.empty(), granted, context);
    republish(granted.owner().stableId());
    return granted;
  }

  /**
   * Changes an allocation, except for its ranges; returns it as recorded, with a new serial if the
   * snapshot shows the change.
   */
  public Allocation change(
      Allocation before, Allocation after, EventKind kind, AuditContext context) {
    return update(before, next(after, serialAfter(before, after)), kind, context);
  }

  private long serialAfter(Allocation before, Allocation after) {
    return RowChange.shown(before).equals(RowChange.shown(after))
        ? before.serial()
        : head().serial() + 1;
  }

  private Allocation next(Allocation changed, long serial) {
    return changed.withSerial(serial).withRevision(head().revision() + 1);
  }

  private Allocation update(
      Allocation before, Allocation changed, EventKind kind, AuditContext context) {
    if (!before.id().equals(changed.id())
        || !before.uidRange().equals(changed.uidRange())
        || !before.gidRange().equals(changed.gidRange())) {
      throw new InvariantBroken(
          "an allocation must not change its ranges: %s to %s".formatted(before, changed));
    }
    writer.flush();
    writer.update(changed);
    absentOwners.met(changed.owner());
    events.add(kind, Optional.of(before), changed, context);
    republish(before.owner().stableId());
    republish(changed.owner().stableId());
    return changed;
  }

  /** Holds this change against what its caller may do. */
  public ChangeGuard guard() {
    return events.guard();
  }

  /** Adds the owner to the outbox. */
  public void republish(String stableId) {
    dirty.put(stableId, new OutboxEntry(stableId, head().lastEvent()));
  }

  SlotSearch search() {
    return search;
  }

  /** Records about the IDs of accounts. */
  public RealIdRecords realIds() {
    return new RealIdRecords(this, handle);
  }

  /** The tokens. */
  public TokenRecords tokens() {
    return new TokenRecords(this, handle);
  }

  /** Whether a slot is held; flushes the buffered grants unless the slot is known to be free. */
  boolean isHeld(String pool, long slot) {
    if (search.isKnownFree(pool, slot)) {
      return false;
    }
    writer.flush();
    return search.isHeld(pool, slot);
  }

  /** Blocks a slot for good; a slot that is held already stays as it is. */
  public void block(String pool, long slot, BlockReason reason) {
    writer.flush();
    blocker.block(pool, slot, reason);
    search.exclude(pool, slot);
  }

  /** Records about entries of the directory that are not the ledger's. */
  public EntryRecords entries() {
    return new EntryRecords(this, handle, slots);
  }

  /** Records a new pool, or the segments of {@code pool} beyond those of {@code recorded}. */
  public void recordPool(Optional<Pool> recorded, Pool pool, AuditContext context) {
    PoolWriter pools = new PoolWriter(handle, slots);
    recorded.ifPresentOrElse(
        known -> pools.addSegments(pool, known.segments().size()), () -> pools.add(pool));
    writer.flush();
    blocker.knownRanges(pool);
    search.forgetFree();
    note(recorded.isPresent() ? EventKind.SEGMENT : EventKind.POOL, PoolRecord.of(pool), context);
  }

  /** Records an event that is about no allocation. */
  public void note(EventKind kind, Object after, AuditContext context) {
    events.add(kind, after, context);
  }
}
