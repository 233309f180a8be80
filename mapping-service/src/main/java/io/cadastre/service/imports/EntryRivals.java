/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds entries that conflict about owners: an owner has one allocation that counts, and one active
 * owner has a name or a uid. An owner in the ledger keeps its place; of several newcomers all are
 * refused.
 */
final class EntryRivals {
  private final Map<UUID, Allocation> known = new HashMap<>();
  private final Map<UUID, PublishedAllocation> news = new LinkedHashMap<>();
  private final Map<PublishedAllocation, String> faults = new LinkedHashMap<>();

  private EntryRivals(List<PublishedAllocation> news, List<Allocation> known) {
    known.forEach(a -> this.known.put(a.id(), a));
    news.forEach(entry -> this.news.put(entry.allocation().id(), entry));
  }

  /** The entries that would conflict once all are adopted, each with the reason. */
  static Map<PublishedAllocation, String> among(
      List<PublishedAllocation> news, List<Allocation> known) {
    EntryRivals rivals = new EntryRivals(news, known);
    int before;
    do {
      before = rivals.faults.size();
      rivals.refuse("stable id", EntryRivals::countsFor);
      rivals.refuse("name", a -> whileActive(a, a.owner().name()));
      rivals.refuse("uid", a -> whileActive(a, a.owner().uidNumber()));
    } while (rivals.faults.size() > before);
    return rivals.faults;
  }

  /**
   * The entries that would give an owner two allocations that count for a while, with the reason.
   *
   * @param news the entries in the order of their adoption
   */
  static Map<PublishedAllocation, String> inOrder(
      List<PublishedAllocation> news, List<Allocation> known) {
    Map<UUID, Allocation> state = new HashMap<>();
    Map<Object, UUID> counting = new HashMap<>();
    known.forEach(a -> state.put(a.id(), a));
    known.forEach(a -> countsFor(a).forEach(owner -> counting.put(owner, a.id())));
    Map<PublishedAllocation, String> faults = new LinkedHashMap<>();
    for (PublishedAllocation entry : news) {
      Allocation a = entry.allocation();
      if (countsFor(a).stream().allMatch(o -> counting.getOrDefault(o, a.id()).equals(a.id()))) {
        if (state.containsKey(a.id())) {
          countsFor(Objects.requireNonNull(state.get(a.id())))
              .forEach(owner -> counting.remove(owner, a.id()));
        }
        countsFor(a).forEach(owner -> counting.put(owner, a.id()));
        state.put(a.id(), a);
      } else {
        faults.put(entry, "its serial says that it came before the owner's other range was closed");
      }
    }
    return faults;
  }

  private static List<Object> countsFor(Allocation a) {
    return a.state() == AllocationState.SUPERSEDED ? List.of() : List.of(a.owner().stableId());
  }

  private static List<Object> whileActive(Allocation a, Object key) {
    return a.state() == AllocationState.ACTIVE ? List.of(key) : List.of();
  }

  private void refuse(String what, Function<Allocation, List<Object>> keys) {
    Map<UUID, Allocation> end = new LinkedHashMap<>(known);
    news.forEach((id, entry) -> end.put(id, entry.allocation()));
    Map<Object, List<Allocation>> holders = new HashMap<>();
    end.values()
        .forEach(
            a ->
                keys.apply(a)
                    .forEach(k -> holders.computeIfAbsent(k, x -> new ArrayList<>(1)).add(a)));
    holders.forEach(
        (key, rivals) -> {
          if (rivals.size() > 1) {
            refuseNewcomers(what, key, rivals, keys);
          }
        });
  }

  private void refuseNewcomers(
      String what, Object key, List<Allocation> rivals, Function<Allocation, List<Object>> keys) {
    for (Allocation rival : rivals) {
      Allocation was = known.get(rival.id());
      PublishedAllocation entry = news.get(rival.id());
      if (entry != null && (was == null || !keys.apply(was).contains(key))) {
        Allocation other = rivals.get(0).equals(rival) ? rivals.get(1) : rivals.get(0);
        faults.put(
            entry,
            "its owner's %s %s is that of allocation %s, range %s, as well"
                .formatted(what, key, other.id(), other.uidRange()));
        news.remove(rival.id());
      }
    }
  }
}
