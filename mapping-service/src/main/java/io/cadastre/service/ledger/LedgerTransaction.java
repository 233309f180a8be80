/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventChain;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.PoolRecord;
import io.cadastre.service.event.RowChange;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change to the ledger, while it holds the lock on the serial's row: every change sees all
 * changes before it and is seen by all after it. Not thread-safe.
 *
 * <p>What a change guarantees, in this order:
 *
 * <ol>
 *   <li>the row lock is taken before anything is read, so no other change comes between;
 *   <li>the slot is claimed by primary key and the overlap query has passed, or nothing is written;
 *   <li>what is asked or changed after a grant sees it, although grants are written many at a time;
 *   <li>the allocation, its event and its owner's outbox row are written together;
 *   <li>the serial and the hash chain move last, in the same transaction.
 * </ol>
 */
public final class LedgerTransaction {
  private final LedgerQueries queries;
  private final SlotBlocks blocks;
  private final AllocationWriter grants;
  private final AbsentOwners absentOwners = new AbsentOwners();
  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, OutboxEntry> dirty = new LinkedHashMap<>();
  private final Counters counters;
  private LedgerHead head;

  LedgerTransaction(LedgerQueries queries, LedgerHead head, Instant reading) {
    this.queries = queries;
    this.counters = new Counters(queries.pools);
    this.blocks = new SlotBlocks(queries);
    this.grants = new AllocationWriter(queries, blocks);
    this.head = head;
    this.now = reading;
  }

  /** The ledger as this change sees it. To be called anew after each change. */
  public LedgerQueries flush() {
    grants.write();
    return queries;
  }

  /** The recorded pools; the first is the default. */
  public List<Pool> pools() {
    return queries.pools();
  }

  /** Says who will be asked for: those of whom the ledger knows nothing are found all at once. */
  public void expect(Collection<Owner> owners) {
    absentOwners.add(flush().unknownAmong(owners));
  }

  /**
   * Whether the owner was expected, and neither his stable id nor his name nor his uid is in the
   * ledger. False says nothing.
   */
  public boolean isAbsent(Owner owner) {
    return absentOwners.has(owner);
  }

  /** Where the ledger stands after these changes. */
  public LedgerHead head() {
    return head;
  }

  /** What the database's clock read once this change had the lock; it may have been set back. */
  public Instant now() {
    return now;
  }

  List<Event> events() {
    return events;
  }

  /**
   * Writes what was gathered while the change ran: a thousand rows of it cost little more than one.
   */
  void finish() {
    grants.write();
    counters.write();
    queries.outbox.mark(dirty.values(), now);
    queries.events.insert(events);
  }

  /**
   * Gives ranges to an owner who has none that counts.
   *
   * @param wanted the allocation to be; its serial is set here
   * @param slot the slot it takes in its pool; empty for ranges off the grid, which block the slots
   *     they touch
   * @return the allocation as recorded
   * @throws InvariantBroken if a range overlaps a known one: now, or when the ledger is next read
   *     or changed, or at the end
   */
  public Allocation grant(
      Allocation wanted, OptionalLong slot, EventKind kind, AuditContext context) {
    return insert(wanted.withSerial(head.serial() + 1), slot, kind, context);
  }

  /**
   * Takes in an allocation that an entry of the directory tells of, with the serial it has there
   * unless this ledger has got beyond it.
   *
   * @param slot as for {@link #grant}; ignored if the ledger knows the allocation
   * @throws InvariantBroken as {@link #grant} does
   */
  public Allocation adopt(Allocation published, OptionalLong slot, AuditContext context) {
    Allocation adopted = published.withSerial(Math.max(published.serial(), head.serial() + 1));
    Optional<Allocation> known = flush().byId(published.id());
    return known.isPresent()
        ? update(known.get(), adopted, EventKind.ADOPT, context)
        : insert(adopted, slot, EventKind.ADOPT, context);
  }

  private Allocation insert(
      Allocation granted, OptionalLong slot, EventKind kind, AuditContext context) {
    grants.add(new Grant(granted, slot, kind == EventKind.ADOPT));
    record(Optional.empty(), granted, kind, context);
    markDirty(granted.owner().stableId());
    return granted;
  }

  /**
   * Changes everything about an allocation but its ranges.
   *
   * @return the allocation as recorded; its serial has moved if the snapshot shows the change
   */
  public Allocation change(
      Allocation before, Allocation after, EventKind kind, AuditContext context) {
    boolean shown = !RowChange.shown(before).equals(RowChange.shown(after));
    return update(
        before, after.withSerial(shown ? head.serial() + 1 : before.serial()), kind, context);
  }

  private Allocation update(
      Allocation before, Allocation changed, EventKind kind, AuditContext context) {
    if (!before.id().equals(changed.id())
        || !before.uidRange().equals(changed.uidRange())
        || !before.gidRange().equals(changed.gidRange())) {
      throw new InvariantBroken(
          "an allocation must not change its ranges: %s to %s".formatted(before, changed));
    }
    flush().allocations.update(changed);
    record(Optional.of(before), changed, kind, context);
    markDirty(before.owner().stableId());
    if (!changed.owner().stableId().equals(before.owner().stableId())) {
      markDirty(changed.owner().stableId());
    }
    return changed;
  }

  /** Marks an owner dirty although nothing about him changed: reconcile's repair. */
  public void republish(String stableId) {
    markDirty(stableId);
  }

  private void markDirty(String stableId) {
    dirty.put(stableId, new OutboxEntry(stableId, head.lastEvent()));
  }

  /** Where the search for free slots stands. */
  Counters counters() {
    return counters;
  }

  /** Whether the slot is claimed or blocked. */
  boolean isHeld(String pool, long slot) {
    return grants.isHeld(pool, slot);
  }

  /** The first slot after this one, which is held, that is not. */
  long nextFree(String pool, long held) {
    return flush().slots.nextFree(pool, held);
  }

  /** Records what a read of the directory changed about real IDs; this writes no event. */
  public void apply(RealIdChange change) {
    queries.realIds.apply(change);
  }

  /** Forgets the IDs of the range that are gone, and records that as an event. */
  public ForgottenIds forgetIds(IdRange range, AuditContext context) {
    ForgottenIds forgotten =
        new ForgottenIds(
            range.start(),
            range.last(),
            queries.realIds.forget(IdType.SUBUID, range),
            queries.realIds.forget(IdType.SUBGID, range));
    note(EventKind.FORGET_IDS, forgotten, context);
    return forgotten;
  }

  /** Blocks a slot for good; a slot that is held already stays as it is. */
  public void block(String pool, long slot, BlockReason reason) {
    flush().slots.block(pool, slot, reason);
  }

  /** Records a range that the directory shows and the ledger does not know; it blocks its slots. */
  public void blockForeign(IdType type, IdRange range, String source) {
    grants.write();
    blocks.foreign(type, range, source);
  }

  /** Records that an admin has dismissed an entry of the directory. */
  public void dismiss(DismissedEntry entry, AuditContext context) {
    queries.dismissed.add(entry);
    append(EventChain.event(head, now, EventKind.DISMISS, EventJson.tree(entry), context));
  }

  /** Records a new pool; it becomes the default if it is the first. */
  public void addPool(Pool pool, AuditContext context) {
    queries.pools.insert(pool, queries.pools().size());
    recordPool(pool, EventKind.POOL, context);
  }

  /** Appends to a recorded pool the segments that {@code pool} has beyond it. */
  public void appendSegments(Pool recorded, Pool pool, AuditContext context) {
    for (int i = recorded.segments().size(); i < pool.segments().size(); i++) {
      queries.pools.insertSegment(pool.name(), i, pool.segments().get(i));
    }
    recordPool(pool, EventKind.SEGMENT, context);
  }

  private void record(
      Optional<Allocation> before, Allocation after, EventKind kind, AuditContext context) {
    absentOwners.met(after.owner());
    append(EventChain.event(head, now, kind, before, after, context));
  }

  private void recordPool(Pool pool, EventKind kind, AuditContext context) {
    grants.write();
    blocks.knownRanges(pool);
    note(kind, PoolRecord.of(pool), context);
  }

  /** Records an event that is about no allocation. */
  public void note(EventKind kind, Object after, AuditContext context) {
    append(EventChain.event(head, now, kind, EventJson.tree(after), context));
  }

  private void append(Event unsealed) {
    queries.clockSteps.follow(head, now);
    Event event = EventJson.sealed(unsealed);
    events.add(event);
    head = EventChain.next(head, event, now);
  }
}
