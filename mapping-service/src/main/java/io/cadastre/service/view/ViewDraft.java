/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventChain;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.RowChange;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A view that is being moved on. Shares all that does not change with the view that it began with.
 * Not thread-safe.
 */
final class ViewDraft {
  /** The changes before these are not in the events one by one. */
  private static final Set<String> LEAPS = Set.of(EventKind.ADOPT.word(), EventKind.SETTLE.word());

  private final Object lineage;
  private LedgerHead head;
  private PackedRows rows;
  private RowIndex byLine;
  private RowIndex byUid;
  private RowIndex bySubuid;
  private RowIndex bySubgid;
  private RecentChanges changes;
  private final Map<String, PoolTally> pools;

  ViewDraft(LedgerView view) {
    this.lineage = view.lineage();
    this.head = view.head();
    this.rows = view.rows();
    this.byLine = view.byLine();
    this.byUid = view.byUid();
    this.bySubuid = view.bySubuid();
    this.bySubgid = view.bySubgid();
    this.changes = view.recent();
    this.pools = new HashMap<>(view.pools());
  }

  /** The view after the events so far. */
  LedgerView view() {
    return new LedgerView(
        lineage, head, rows, byLine, byUid, bySubuid, bySubgid, changes, Map.copyOf(pools));
  }

  /**
   * Takes the next event.
   *
   * @throws IllegalArgumentException if it does not follow the last one, or if the state that it
   *     leads to is only in the tables
   */
  void take(Event event) {
    if (event.seq() != head.lastEvent() + 1 || !event.previousHash().equals(head.hash())) {
      throw new IllegalArgumentException(
          "event %d does not follow event %d".formatted(event.seq(), head.lastEvent()));
    }
    if (event.kind().equals(EventKind.SETTLE.word())) {
      throw new IllegalArgumentException("event %d rewrote the tables".formatted(event.seq()));
    }
    if (event.allocation().isPresent()) {
      take(event, AllocationRecord.after(event, EventChain.revision(head, event)));
    }
    if (LEAPS.contains(event.kind())) {
      changes = RecentChanges.since(event.serial());
    }
    head = EventChain.next(head, event);
  }

  private void take(Event event, Allocation after) {
    int row = rowOf(after);
    Optional<Allocation> before = row < 0 ? Optional.empty() : Optional.of(rows.allocation(row));
    if (row < 0) {
      add(after);
    } else {
      replace(row, after);
    }
    after
        .pool()
        .ifPresent(
            pool ->
                pools.put(pool, pools.getOrDefault(pool, PoolTally.NOTHING).after(before, after)));
    RowChange change = new RowChange(before.flatMap(RowChange::shown), RowChange.shown(after));
    if (!change.before().equals(change.after())) {
      changes = changes.with(event.serial(), after.id(), change);
    }
  }

  /** The row of this allocation; -1 if it is new. Ranges never change. */
  private int rowOf(Allocation allocation) {
    long start = allocation.uidRange().start();
    int row = bySubuid.lastBefore(r -> rows.start(r, IdType.SUBUID) <= start);
    return row >= 0 && rows.start(row, IdType.SUBUID) == start ? row : -1;
  }

  private void add(Allocation added) {
    int row = rows.size();
    rows = rows.with(added);
    byLine = byLine.with(row, beforeLine(row));
    byUid = byUid.with(row, beforeUid(row));
    bySubuid = bySubuid.with(row, beforeStart(row, IdType.SUBUID));
    bySubgid = bySubgid.with(row, beforeStart(row, IdType.SUBGID));
  }

  private void replace(int row, Allocation changed) {
    byLine = byLine.without(row, beforeLine(row));
    byUid = byUid.without(row, beforeUid(row));
    rows = rows.with(row, changed);
    byLine = byLine.with(row, beforeLine(row));
    byUid = byUid.with(row, beforeUid(row));
  }

  private IntPredicate beforeLine(int row) {
    PackedRows all = rows;
    return r -> all.compareLines(r, row) < 0;
  }

  private IntPredicate beforeUid(int row) {
    PackedRows all = rows;
    long uid = all.uid(row);
    return r -> all.uid(r) < uid || (all.uid(r) == uid && r < row);
  }

  private IntPredicate beforeStart(int row, IdType type) {
    PackedRows all = rows;
    long start = all.start(row, type);
    return r -> all.start(r, type) < start;
  }
}
