/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.OwnerState;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The owners with entries that publishing would change, by stable id. Owners in the outbox are left
 * out: they are being published.
 *
 * @param drifting the owners with entries that differ from the ledger
 * @param outdated the owners with right entries as an earlier version wrote them
 */
record Drift(List<String> drifting, List<String> outdated) {

  static Drift of(LedgerQueries queries, PublishDirectory directory, List<PublishedEntry> entries) {
    List<Allocation> all = queries.all();
    Map<UUID, String> owners = new HashMap<>();
    all.forEach(a -> owners.put(a.id(), a.owner().stableId()));
    // An unreadable entry of a known allocation is written again.
    Set<String> unreadable =
        only(Foreign.class, entries).stream()
            .flatMap(e -> e.allocation().map(owners::get).stream())
            .collect(Collectors.toSet());
    // The allocation decides the owner of an entry: another stable id in it is drift as well.
    Map<String, List<PublishedEntry>> found =
        only(Ours.class, entries).stream()
            .filter(e -> owners.containsKey(e.allocation().id()))
            .collect(
                Collectors.groupingBy(
                    e -> Objects.requireNonNull(owners.get(e.allocation().id())),
                    Collectors.mapping(e -> e, Collectors.toList())));
    Drift drift = new Drift(new ArrayList<>(), new ArrayList<>());
    all.stream()
        .collect(
            Collectors.groupingBy(
                a -> a.owner().stableId(), LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (stableId, allocations) -> {
              List<PublishedEntry> of = found.getOrDefault(stableId, List.of());
              if (queries.isDirty(stableId)) {
                return;
              }
              if (unreadable.contains(stableId)
                  || directory.differs(new OwnerState(stableId, allocations), of)) {
                drift.drifting().add(stableId);
              } else if (directory.isOutdated(of)) {
                drift.outdated().add(stableId);
              }
            });
    return drift;
  }

  private static <T> List<T> only(Class<T> type, List<PublishedEntry> entries) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
