/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.OwnerState;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The owners with entries that publishing would change, by stable id, in the order of their first
 * subuid ranges. Owners in the outbox are left out: they are being published.
 *
 * @param drifting the owners with entries that differ from the ledger
 * @param outdated the owners with right entries as an earlier version wrote them
 */
record Drift(List<String> drifting, List<String> outdated) {
  /** The owners that are read at once. */
  private static final int CHUNK = 500;

  /** Looks only at owners with an allocation that lacks its entry, or with another entry. */
  static Drift of(LedgerQueries queries, PublishDirectory directory, DirectoryReading reading) {
    Map<UUID, List<PublishedEntry>> others = reading.othersByAllocation();
    Set<String> unsettled = new LinkedHashSet<>();
    queries.forEachAllocation(
        a -> {
          if (reading.lacksEntry(a) || others.containsKey(a.id())) {
            unsettled.add(a.owner().stableId());
          }
        });
    List<Found> drifting = new ArrayList<>();
    List<Found> outdated = new ArrayList<>();
    for (List<String> chunk : chunks(unsettled)) {
      Set<String> dirty = queries.dirtyAmong(chunk);
      queries
          .ofOwners(chunk)
          .forEach(
              (stableId, allocations) -> {
                if (dirty.contains(stableId)) {
                  return;
                }
                // The allocation decides the owner of an entry: another stable id in it is drift.
                List<PublishedEntry> found =
                    allocations.stream()
                        .flatMap(a -> others.getOrDefault(a.id(), List.of()).stream())
                        .toList();
                // A settled entry and its allocation are equal: what is left decides.
                List<Allocation> left =
                    allocations.stream().filter(a -> !reading.isSettled(a)).toList();
                // An unreadable entry of a known allocation is written again.
                if (found.stream().anyMatch(Foreign.class::isInstance)
                    || directory.differs(new OwnerState(stableId, left), found)) {
                  drifting.add(new Found(first(allocations), stableId));
                } else if (directory.isOutdated(found)) {
                  outdated.add(new Found(first(allocations), stableId));
                }
              });
    }
    return new Drift(sorted(drifting), sorted(outdated));
  }

  /** An owner, and the start of the first subuid range. */
  private record Found(long first, String stableId) {}

  private static List<String> sorted(List<Found> owners) {
    return owners.stream()
        .sorted(Comparator.comparing(Found::first).thenComparing(Found::stableId))
        .map(Found::stableId)
        .toList();
  }

  private static List<List<String>> chunks(Collection<String> stableIds) {
    List<String> all = List.copyOf(stableIds);
    List<List<String>> chunks = new ArrayList<>();
    for (int i = 0; i < all.size(); i += CHUNK) {
      chunks.add(all.subList(i, Math.min(all.size(), i + CHUNK)));
    }
    return chunks;
  }

  private static long first(List<Allocation> allocations) {
    return allocations.stream().mapToLong(a -> a.uidRange().start()).min().orElseThrow();
  }
}
