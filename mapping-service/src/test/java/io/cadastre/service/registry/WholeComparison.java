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
import io.cadastre.service.imports.EntryFacts;
import io.cadastre.service.imports.EntryJudge;
import io.cadastre.service.imports.EntryPlan;
import io.cadastre.service.imports.PublishedAllocation;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** Compares all entries with the whole ledger, owner by owner: slow, and simple to trust. */
final class WholeComparison {
  private WholeComparison() {}

  static EntryPlan plan(LedgerQueries queries, List<PublishedEntry> entries, AdmissionRules rules) {
    return EntryJudge.judge(
        only(Ours.class, entries).stream()
            .map(ours -> new PublishedAllocation(ours.dn(), ours.allocation()))
            .toList(),
        new EntryFacts(
            queries.pools(),
            queries.all(),
            queries.head().serial(),
            queries.head().revision(),
            rules.accepted(),
            rules.reservedNames(),
            OptionalLong.empty()));
  }

  static Drift drift(
      LedgerQueries queries, PublishDirectory directory, List<PublishedEntry> entries) {
    List<String> drifting = new ArrayList<>();
    List<String> outdated = new ArrayList<>();
    Map<UUID, String> owners = new HashMap<>();
    queries.all().forEach(a -> owners.put(a.id(), a.owner().stableId()));
    Map<String, List<Allocation>> all =
        queries.all().stream()
            .collect(
                Collectors.groupingBy(
                    a -> a.owner().stableId(), LinkedHashMap::new, Collectors.toList()));
    all.forEach(
        (stableId, allocations) -> {
          List<PublishedEntry> ours =
              entries.stream()
                  .filter(Ours.class::isInstance)
                  .filter(e -> stableId.equals(owners.get(((Ours) e).allocation().id())))
                  .toList();
          boolean isUnreadable =
              only(Foreign.class, entries).stream()
                  .flatMap(e -> e.allocation().stream())
                  .anyMatch(id -> stableId.equals(owners.get(id)));
          if (queries.isDirty(stableId)) {
            return;
          }
          if (isUnreadable || directory.differs(new OwnerState(stableId, allocations), ours)) {
            drifting.add(stableId);
          } else if (directory.isOutdated(ours)) {
            outdated.add(stableId);
          }
        });
    return new Drift(drifting, outdated);
  }

  static <T> List<T> only(Class<T> type, List<PublishedEntry> entries) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
