/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Compares the tables with the fold of all events. Not thread-safe. */
final class TableComparison {
  private final Handle handle;
  private final EventFold fold;
  private final TableDifferences differences;

  TableComparison(Handle handle, EventFold fold) {
    this.handle = handle;
    this.fold = fold;
    this.differences = new TableDifferences(handle);
  }

  /** The differences. */
  TableDifferences differences() {
    differences.compare(
        () -> "the ledger's row",
        columns(new LedgerHeadTable(handle).find().orElseThrow()),
        columns(fold.head()));
    pools();
    new AllocationComparison(fold, differences).run();
    ranges();
    differences.compare(
        "SELECT 'the dismissed entry ' || fingerprint || ',' FROM dismissed_entry",
        fold.dismissed().stream()
            .map(entry -> "the dismissed entry %s,".formatted(entry.fingerprint()))
            .collect(Collectors.toSet()));
    grantDays();
    if (!new EventQueries(handle).clockSteps().equals(fold.clock().steps())) {
      differences.add(
          "clock_step, by which ?at= finds its event, differs from the times of the events");
    }
    return differences;
  }

  private static Map<String, String> columns(LedgerHead head) {
    return Map.of(
        "uuid", head.uuid().toString(),
        "serial", Long.toString(head.serial()),
        "revision", Long.toString(head.revision()),
        "last_event", Long.toString(head.lastEvent()),
        "last_event_at", head.lastEventAt().toString(),
        "head", head.hash());
  }

  private void pools() {
    Set<String> pools = new HashSet<>();
    Set<String> segments = new HashSet<>();
    for (int i = 0; i < fold.pools().size(); i++) {
      Pool pool = fold.pools().get(i);
      pools.add(
          "pool %s, ordinal %d, count %d, %s, uids from %d,"
              .formatted(pool.name(), i, pool.count(), pool.strategy(), pool.uidFirst()));
      for (int j = 0; j < pool.segments().size(); j++) {
        segments.add(
            "segment %d of pool %s, %d to %d,"
                .formatted(
                    j, pool.name(), pool.segments().get(j).start(), pool.segments().get(j).last()));
      }
    }
    differences.compare(
        "SELECT 'pool ' || name || ', ordinal ' || ordinal || ', count ' || id_count || ', '"
            + " || strategy || ', uids from ' || uid_first || ',' FROM pool",
        pools);
    differences.compare(
        "SELECT 'segment ' || ordinal || ' of pool ' || pool || ', ' || first_id || ' to '"
            + " || last_id || ',' FROM segment",
        segments);
  }

  private void ranges() {
    FoldedAllocations allocations = fold.allocations();
    Map<String, BitSet> seen = new TreeMap<>();
    for (IdType type : IdType.values()) {
      seen.put(type.word(), new BitSet());
    }
    differences.each(
        "SELECT id_type, first_id, last_id, allocation_id FROM id_range",
        row -> {
          int number =
              allocations.number(UUID.fromString(Objects.requireNonNull(row.get("allocation_id"))));
          String type = Objects.requireNonNull(row.get("id_type"));
          BitSet numbers = seen.get(type);
          if (numbers != null
              && number >= 0
              && equal(row, allocations.get(number).range(IdType.of(type)))) {
            numbers.set(number);
          } else {
            differences.add(
                "%s %s to %s of allocation %s is in the table and in no event"
                    .formatted(
                        row.get("id_type"),
                        row.get("first_id"),
                        row.get("last_id"),
                        row.get("allocation_id")));
          }
        });
    for (IdType type : IdType.values()) {
      BitSet numbers = Objects.requireNonNull(seen.get(type.word()));
      for (int i = numbers.nextClearBit(0);
          i < allocations.size();
          i = numbers.nextClearBit(i + 1)) {
        differences.add(range(type, allocations.get(i)) + " is missing in the table");
      }
    }
  }

  private static boolean equal(Map<String, String> row, IdRange range) {
    return Long.toString(range.start()).equals(row.get("first_id"))
        && Long.toString(range.last()).equals(row.get("last_id"));
  }

  private static String range(IdType type, Allocation a) {
    return "%s %d to %d of allocation %s"
        .formatted(type.word(), a.range(type).start(), a.range(type).last(), a.id());
  }

  private void grantDays() {
    Set<String> counts = new HashSet<>();
    fold.allocations()
        .grantDays()
        .forEach(
            (pool, day, grants) ->
                counts.add(
                    "grant_day counts %d allocations of pool %s on day %d,"
                        .formatted(grants, pool, day.toEpochDay())));
    differences.compare(
        "SELECT 'grant_day counts ' || grants || ' allocations of pool ' || pool || ' on day '"
            + " || utc_day || ',' FROM grant_day",
        counts);
  }

  /** The pools whose {@code next_slot} is too low, which costs time and gives no range twice. */
  List<String> counters() {
    List<String> low = new ArrayList<>();
    differences.each(
        "SELECT name, next_slot FROM pool",
        row -> {
          String pool = Objects.requireNonNull(row.get("name"));
          long least = fold.allocations().nextSlots().getOrDefault(pool, 0L);
          if (Long.parseLong(Objects.requireNonNull(row.get("next_slot"))) < least) {
            low.add(
                "the counter of pool %s stands at slot %s, and slot %d was given out"
                    .formatted(pool, row.get("next_slot"), least - 1));
          }
        });
    return low;
  }
}
