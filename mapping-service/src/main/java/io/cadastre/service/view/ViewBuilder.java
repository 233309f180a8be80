/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Builds a view from the rows of the ledger's tables. Not thread-safe. */
final class ViewBuilder {
  private final LedgerHead head;
  private final PackedRows.Builder rows = new PackedRows.Builder();
  private final Map<String, PoolTally> pools = new HashMap<>();
  private CompletableFuture<Void> adding = CompletableFuture.completedFuture(null);

  /**
   * A view without allocations.
   *
   * @param head the head of the ledger at the moment of the read
   */
  ViewBuilder(LedgerHead head) {
    this.head = head;
  }

  /**
   * Adds allocations, in any order, while the caller goes on, for instance to read more of them.
   */
  void add(List<Allocation> page) {
    adding.join(); // no more than this page is kept
    adding = CompletableFuture.runAsync(() -> page.forEach(this::add));
  }

  private void add(Allocation allocation) {
    rows.add(allocation);
    allocation
        .pool()
        .ifPresent(
            pool ->
                pools.put(
                    pool,
                    pools
                        .getOrDefault(pool, PoolTally.NOTHING)
                        .after(Optional.empty(), allocation)));
  }

  /** The view of all that was added. */
  LedgerView build() {
    adding.join();
    PackedRows all = rows.build();
    CompletableFuture<RowIndex> byLine =
        CompletableFuture.supplyAsync(() -> RowIndex.of(sortedByLine(all)));
    RowIndex byUid = RowIndex.of(sorted(all, all::uid));
    RowIndex bySubuid = RowIndex.of(sorted(all, row -> all.start(row, IdType.SUBUID)));
    RowIndex bySubgid = RowIndex.of(sorted(all, row -> all.start(row, IdType.SUBGID)));
    return new LedgerView(
        new Object(),
        head,
        all,
        byLine.join(),
        byUid,
        bySubuid,
        bySubgid,
        RecentChanges.since(head.serial()),
        Map.copyOf(pools));
  }

  private static int[] sortedByLine(PackedRows rows) {
    return IntStream.range(0, rows.size())
        .boxed()
        .sorted(rows::compareLines)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Sorts by a key of 32 bits, then by number: both fit one positive long. */
  private static int[] sorted(PackedRows rows, IntToLongFunction key) {
    long[] keyed = new long[rows.size()];
    Arrays.setAll(keyed, row -> key.applyAsLong(row) << 31 | row);
    Arrays.sort(keyed);
    return Arrays.stream(keyed).mapToInt(k -> (int) (k & Integer.MAX_VALUE)).toArray();
  }
}
