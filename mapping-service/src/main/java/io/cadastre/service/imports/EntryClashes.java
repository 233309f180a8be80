/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds entries, among those that the ledger does not know, with ranges that share an ID. Nothing
 * tells which of two such entries is right, so both clash. An entry that touches over 1 % of a pool
 * is taken for wrong and clashes alone: otherwise it would stop all others.
 */
final class EntryClashes {
  private EntryClashes() {}

  /** The clashing entries, each with a sentence that names the other. */
  static Map<PublishedAllocation, String> among(
      List<PublishedAllocation> entries, List<Pool> pools) {
    Map<PublishedAllocation, String> large = new LinkedHashMap<>(of(entries));
    large.keySet().removeIf(entry -> pools.stream().noneMatch(pool -> isLarge(pool, entry)));
    List<PublishedAllocation> others = new ArrayList<>(entries);
    others.removeAll(large.keySet());
    Map<PublishedAllocation, String> all = new LinkedHashMap<>(large);
    all.putAll(of(others));
    return all;
  }

  private static boolean isLarge(Pool pool, PublishedAllocation entry) {
    return PoolShare.isLarge(pool, List.of(entry.allocation().uidRange()))
        || PoolShare.isLarge(pool, List.of(entry.allocation().gidRange()));
  }

  private static Map<PublishedAllocation, String> of(List<PublishedAllocation> entries) {
    Map<PublishedAllocation, String> clashing = new LinkedHashMap<>();
    for (IdType type : IdType.values()) {
      List<PublishedAllocation> sorted =
          entries.stream()
              .sorted(Comparator.comparing((PublishedAllocation e) -> e.allocation().range(type)))
              .toList();
      for (int i = 1, reaching = 0; i < sorted.size(); i++) {
        // "reaching" has the highest last ID so far. An entry that overlaps an earlier one overlaps
        // "reaching" or its own predecessor.
        PublishedAllocation before = sorted.get(reaching);
        PublishedAllocation entry = sorted.get(i);
        if (range(type, before).overlaps(range(type, entry))) {
          clashing.putIfAbsent(entry, sentence(type, entry, before));
        }
        PublishedAllocation previous = sorted.get(i - 1);
        if (range(type, previous).overlaps(range(type, entry))) {
          clashing.putIfAbsent(previous, sentence(type, previous, entry));
        }
        if (range(type, entry).last() > range(type, before).last()) {
          reaching = i;
        }
      }
    }
    return clashing;
  }

  private static IdRange range(IdType type, PublishedAllocation entry) {
    return entry.allocation().range(type);
  }

  private static String sentence(
      IdType type, PublishedAllocation entry, PublishedAllocation other) {
    return "%s %s overlaps %s of %s (allocation %s), and the ledger knows neither"
        .formatted(
            type.word(),
            range(type, entry),
            range(type, other),
            other.allocation().owner().name(),
            other.allocation().id());
  }
}
