/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.EntryPlan.RefusedEntry;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Judges together all entries that claim to be the ledger's own. An entry that breaks a rule is
 * refused and stops no other. The order of the entries does not matter. Where entries contradict
 * each other, the ledger decides; where the ledger knows none of them, all are refused, because
 * nothing tells which one is forged.
 */
public final class EntryJudge {
  private static final Comparator<PublishedAllocation> ORDER =
      Comparator.comparing((PublishedAllocation e) -> e.allocation().serial())
          .thenComparing(e -> e.allocation().revision())
          .thenComparing(PublishedAllocation::dn);

  private static final String DELETE =
      "If its range is unused, delete the entry; if the entry is right, correct what contradicts it. Then run: cadastre reconcile --adopt";
  private static final String REPAIR = "Run: cadastre reconcile --repair";

  private final EntryFacts facts;
  private final EntryRules rules;
  private final List<RefusedEntry> refused = new ArrayList<>();

  private EntryJudge(EntryFacts facts) {
    this.facts = facts;
    this.rules = new EntryRules(facts);
  }

  /** The changes in these entries that the ledger does not know, and the refused entries. */
  public static EntryPlan judge(List<PublishedAllocation> entries, EntryFacts facts) {
    return new EntryJudge(facts).judge(entries);
  }

  private EntryPlan judge(List<PublishedAllocation> entries) {
    List<PublishedAllocation> fit = new ArrayList<>();
    List<PublishedAllocation> all = entries.stream().map(this::completed).sorted(ORDER).toList();
    all.forEach(
        entry ->
            rules
                .fault(entry.allocation())
                .ifPresentOrElse(why -> refuse(entry, why), () -> fit.add(entry)));
    List<PublishedAllocation> news = withoutLeaps(oneOfEach(withoutLeaps(fit)));
    List<PublishedAllocation> unknown = news.stream().filter(this::isUnknown).toList();
    refuseAll(EntryClashes.among(unknown, facts.pools()), news);
    refuseAll(EntryRivals.among(news, facts.known()), news);
    news = withoutLeaps(news);
    Set<String> changed =
        news.stream()
            .filter(this::isAhead)
            .map(e -> e.allocation().owner().stableId())
            .collect(Collectors.toSet());
    List<PublishedAllocation> unseen =
        news.stream()
            .filter(e -> changed.contains(e.allocation().owner().stableId()))
            .collect(Collectors.toCollection(ArrayList::new));
    Map<PublishedAllocation, String> early = EntryRivals.inOrder(unseen, facts.known());
    refuseAll(early, unseen);
    return new EntryPlan(
        unseen.stream().filter(this::isAhead).toList(),
        unseen.stream().map(PublishedAllocation::allocation).toList(),
        highestRevision(all),
        refused);
  }

  /** An entry that is not active does not name the owner's account: the ledger may know it. */
  private PublishedAllocation completed(PublishedAllocation entry) {
    Allocation a = entry.allocation();
    Optional<String> dn = rules.known(a).flatMap(known -> known.owner().dn());
    return a.state() == AllocationState.ACTIVE || a.owner().dn().isPresent() || dn.isEmpty()
        ? entry
        : new PublishedAllocation(entry.dn(), a.withOwner(withDn(a.owner(), dn)));
  }

  private static Owner withDn(Owner o, Optional<String> dn) {
    return new Owner(o.stableId(), o.name(), o.uidNumber(), o.gidNumber(), dn);
  }

  private long highestRevision(List<PublishedAllocation> all) {
    Set<PublishedAllocation> wrong =
        refused.stream().map(RefusedEntry::entry).collect(Collectors.toSet());
    return all.stream()
        .filter(entry -> !wrong.contains(entry))
        .mapToLong(entry -> entry.allocation().revision())
        .max()
        .orElse(0);
  }

  private boolean isUnknown(PublishedAllocation entry) {
    return rules.known(entry.allocation()).isEmpty();
  }

  /** Whether the entry shows a change that the ledger has not seen. */
  private boolean isAhead(PublishedAllocation entry) {
    Allocation published = entry.allocation();
    return rules.known(published).map(known -> EntryAge.isAhead(published, known)).orElse(true);
  }

  /** Whether the entry may show a change that the ledger has not seen. */
  private boolean isNews(PublishedAllocation entry) {
    Allocation published = entry.allocation();
    return rules.known(published).map(k -> EntryAge.mayBeAhead(published, k)).orElse(true);
  }

  private List<PublishedAllocation> withoutLeaps(List<PublishedAllocation> sorted) {
    List<RefusedEntry> leaping = EntryLeaps.among(sorted, facts);
    refused.addAll(leaping);
    List<PublishedAllocation> kept = new ArrayList<>(sorted);
    kept.removeAll(leaping.stream().map(RefusedEntry::entry).collect(Collectors.toSet()));
    return kept;
  }

  /** The latest of several entries of one allocation, if they agree on the immutable fields. */
  private List<PublishedAllocation> oneOfEach(List<PublishedAllocation> sorted) {
    Map<UUID, List<PublishedAllocation>> copies = new LinkedHashMap<>();
    sorted.forEach(
        e -> copies.computeIfAbsent(e.allocation().id(), id -> new ArrayList<>(1)).add(e));
    List<PublishedAllocation> news = new ArrayList<>();
    for (List<PublishedAllocation> all : copies.values()) {
      Optional<PublishedAllocation> latest = Optional.empty();
      for (PublishedAllocation entry : all) {
        if (isNews(entry) && !contradicts(entry, all)) {
          latest = Optional.of(entry);
        } else if (isAhead(entry)) {
          refuse(entry, "other entries contradict it on allocation " + entry.allocation().id());
        }
      }
      latest.ifPresent(news::add);
    }
    news.sort(ORDER);
    return news;
  }

  /** Whether another entry of this allocation differs, and the ledger does not decide. */
  private boolean contradicts(PublishedAllocation entry, List<PublishedAllocation> copies) {
    Allocation a = entry.allocation();
    boolean tied =
        copies.stream()
            .map(PublishedAllocation::allocation)
            .anyMatch(copy -> EntryAge.isTied(copy, a) && !EntryAge.isSame(copy, a));
    boolean agreed =
        copies.stream().map(PublishedAllocation::allocation).allMatch(c -> isSameRange(a, c));
    boolean confirmed =
        rules.known(a).filter(k -> k.owner().stableId().equals(a.owner().stableId())).isPresent();
    return tied || (!agreed && !confirmed);
  }

  private static boolean isSameRange(Allocation a, Allocation copy) {
    return copy.owner().stableId().equals(a.owner().stableId())
        && copy.uidRange().equals(a.uidRange())
        && copy.gidRange().equals(a.gidRange())
        && copy.pool().equals(a.pool());
  }

  private void refuseAll(
      Map<PublishedAllocation, String> faults, List<PublishedAllocation> remaining) {
    remaining.stream()
        .filter(faults::containsKey)
        .toList()
        .forEach(entry -> refuse(entry, faults.getOrDefault(entry, "")));
    remaining.removeAll(new HashSet<>(faults.keySet()));
  }

  private void refuse(PublishedAllocation entry, String why) {
    refused.add(new RefusedEntry(entry, why, isUnknown(entry) ? DELETE : REPAIR));
  }
}
