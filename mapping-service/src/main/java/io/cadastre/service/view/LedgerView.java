/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.event.RowChange;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The ledger behind one event, in memory. Immutable. */
public final class LedgerView {
  private final Object lineage;
  private final LedgerHead head;
  private final PackedRows rows;
  private final RowIndex byLine;
  private final RowIndex byUid;
  private final RowIndex bySubuid;
  private final RowIndex bySubgid;
  private final RecentChanges recent;
  private final Map<String, PoolTally> pools;

  /**
   * A view.
   *
   * @param lineage the same for all views that were moved on from one that was loaded
   */
  LedgerView(
      Object lineage,
      LedgerHead head,
      PackedRows rows,
      RowIndex byLine,
      RowIndex byUid,
      RowIndex bySubuid,
      RowIndex bySubgid,
      RecentChanges recent,
      Map<String, PoolTally> pools) {
    this.lineage = lineage;
    this.head = head;
    this.rows = rows;
    this.byLine = byLine;
    this.byUid = byUid;
    this.bySubuid = bySubuid;
    this.bySubgid = bySubgid;
    this.recent = recent;
    this.pools = pools;
  }

  /**
   * The view after these events, which follow its own.
   *
   * @throws IllegalArgumentException if they do not follow, or if the state that they lead to is
   *     only in the tables
   */
  LedgerView after(List<Event> events) {
    ViewDraft draft = new ViewDraft(this);
    events.forEach(draft::take);
    return draft.view();
  }

  /** The head of the ledger after the last event of this view. */
  public LedgerHead head() {
    return head;
  }

  /**
   * Whether both were moved on from one view that was loaded. Then the one of the later event has
   * all that the other has; else an older ledger may have been restored in between.
   */
  public boolean isRelatedTo(LedgerView other) {
    return lineage == other.lineage;
  }

  /** The number of allocations, in all states. */
  public int size() {
    return rows.size();
  }

  /** A number that is the same for the same allocations, whatever their order in memory. */
  long fingerprint() {
    return rows.fingerprint();
  }

  /** Of the allocations under this name, the active one, else the latest that counts. */
  public Optional<Allocation> currentNamed(OwnerName name) {
    byte[] start = (name.value() + ":").getBytes(StandardCharsets.UTF_8);
    MostRelevant found = new MostRelevant();
    byLine.visit(
        row -> rows.compareLineStart(row, start) < 0,
        row -> rows.compareLineStart(row, start) == 0 && found.take(row));
    return found.allocation();
  }

  /** Of the allocations under this uid, the active one, else the latest that counts. */
  public Optional<Allocation> currentWithUid(long uidNumber) {
    MostRelevant found = new MostRelevant();
    byUid.visit(
        row -> rows.uid(row) < uidNumber, row -> rows.uid(row) == uidNumber && found.take(row));
    return found.allocation();
  }

  /** The allocation with this ID in its range, whatever its state. */
  public Optional<Allocation> holding(IdType type, long id) {
    RowIndex index = type == IdType.SUBUID ? bySubuid : bySubgid;
    int row = index.lastBefore(r -> rows.start(r, type) <= id);
    return row >= 0 && rows.range(row, type).contains(id)
        ? Optional.of(rows.allocation(row))
        : Optional.empty();
  }

  /** What the allocations of a pool amount to. */
  public PoolTally pool(String name) {
    return pools.getOrDefault(name, PoolTally.NOTHING);
  }

  /** Whether {@link #changes} has all changes of the snapshot after this serial. */
  public boolean knowsChangesSince(long serial) {
    return serial >= recent.knownSince();
  }

  /**
   * The change of each allocation's row in the snapshot since a serial; empty if there were more
   * than {@code limit} changes.
   *
   * @param serial one that {@link #knowsChangesSince} is true for
   */
  public Optional<Collection<RowChange>> changes(long serial, int limit) {
    return recent.after(serial, limit);
  }

  /**
   * How much the snapshot holds.
   *
   * @param rows the number of active allocations
   * @param bytes the bytes of their lines, with each LF
   */
  public record Extent(int rows, int bytes) {}

  /** How much the snapshot holds: a walk through all allocations. */
  public Extent extent() {
    int count = 0;
    long bytes = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.state(row) == AllocationState.ACTIVE) {
        count++;
        bytes += rows.lineLength(row);
      }
    }
    return new Extent(count, Math.toIntExact(bytes));
  }

  /**
   * Copies the rows of the snapshot, the lines of the active allocations sorted as unsigned bytes.
   *
   * @param target an array with room for the bytes of the {@link #extent}
   * @param from the index of the first byte
   */
  public void copyLines(byte[] target, int from) {
    int[] end = {from};
    forEachActive(row -> end[0] = rows.copyLine(row, target, end[0]));
  }

  /** Work on the present range of an owner. */
  public interface Work {
    /** Takes the next one. */
    void accept(String name, long uidNumber, IdRange range);
  }

  /** Hands on the ranges of the active allocations, in the order of the snapshot's rows. */
  public void forEachActive(IdType type, Work work) {
    forEachActive(row -> work.accept(rows.name(row), rows.uid(row), rows.range(row, type)));
  }

  private void forEachActive(IntConsumer work) {
    byLine.visit(
        row -> false,
        row -> {
          if (rows.state(row) == AllocationState.ACTIVE) {
            work.accept(row);
          }
          return true;
        });
  }

  /** Picks one of the rows under a name or uid: active, then withheld or retired, then the rest. */
  private final class MostRelevant {
    private int best = -1;

    boolean take(int row) {
      if (best < 0 || compare(row, best) < 0) {
        best = row;
      }
      return true;
    }

    private int compare(int a, int b) {
      int byState = Integer.compare(rows.state(a).rank(), rows.state(b).rank());
      return byState != 0 ? byState : Long.compare(rows.serial(b), rows.serial(a));
    }

    Optional<Allocation> allocation() {
      return best < 0 ? Optional.empty() : Optional.of(rows.allocation(best));
    }
  }

  Object lineage() {
    return lineage;
  }

  PackedRows rows() {
    return rows;
  }

  RowIndex byLine() {
    return byLine;
  }

  RowIndex byUid() {
    return byUid;
  }

  RowIndex bySubuid() {
    return bySubuid;
  }

  RowIndex bySubgid() {
    return bySubgid;
  }

  RecentChanges recent() {
    return recent;
  }

  Map<String, PoolTally> pools() {
    return pools;
  }
}
