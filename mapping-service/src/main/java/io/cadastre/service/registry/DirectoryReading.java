/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.service.directory.PublishedForm;
import io.cadastre.service.view.CurrentView;
import io.cadastre.service.view.LedgerView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One reading of the directory. An entry that is just what publishing writes for its allocation is
 * settled: only the id is kept of it. The other entries are kept whole. Not thread-safe.
 */
final class DirectoryReading {
  private final LedgerView view;
  private final PublishedForm form;

  /** The first subuid of each allocation with a settled entry, by its id. */
  private final Map<UUID, Long> settled = new HashMap<>();

  private final List<PublishedEntry> others = new ArrayList<>();

  /** An empty one, which holds entries against this view. */
  DirectoryReading(LedgerView view, PublishedForm form) {
    this.view = view;
    this.form = form;
  }

  /**
   * Reads the directory and holds each entry against the newest view.
   *
   * @throws io.cadastre.service.failure.Unavailable if the directory or the database does not
   *     answer to the end
   */
  static DirectoryReading of(PublishDirectory directory, CurrentView views) {
    // A view may be newer than a database that was restored; following tells.
    views.follow();
    LedgerView view = views.get();
    PublishedForm form = directory.form();
    DirectoryReading all = new DirectoryReading(view, form);
    directory
        .read(() -> new DirectoryReading(view, form), DirectoryReading::take)
        .forEach(all::takeAll);
    return all;
  }

  /** Takes the next entry. */
  void take(PublishedEntry entry) {
    entry.pass(this::takeOurs, others::add);
  }

  private void takeOurs(Ours entry) {
    Allocation shown = entry.allocation();
    Optional<Allocation> known =
        view.holding(IdType.SUBUID, shown.uidRange().start())
            .filter(a -> a.id().equals(shown.id()) && form.isEntryOf(a, entry));
    if (known.isPresent()) {
      settled.put(shown.id(), shown.uidRange().start());
    } else {
      others.add(entry);
    }
  }

  private void takeAll(DirectoryReading part) {
    settled.putAll(part.settled);
    others.addAll(part.others);
  }

  /** The entries that are not settled, by the allocation that they name. */
  Map<UUID, List<PublishedEntry>> othersByAllocation() {
    Map<UUID, List<PublishedEntry>> named = new HashMap<>();
    for (PublishedEntry entry : others) {
      Consumer<UUID> add = id -> named.computeIfAbsent(id, x -> new ArrayList<>(1)).add(entry);
      entry.pass(
          ours -> add.accept(ours.allocation().id()),
          foreign -> foreign.allocation().ifPresent(add));
    }
    return named;
  }

  /**
   * The entries on which the judgement depends: a settled one breaks no rule and shows nothing new,
   * but it can contradict another entry of its allocation.
   */
  List<PublishedEntry> toJudge() {
    Set<UUID> contradicted = new LinkedHashSet<>();
    others.forEach(e -> e.pass(ours -> contradicted.add(ours.allocation().id()), foreign -> {}));
    List<PublishedEntry> entries = new ArrayList<>(others);
    contradicted.stream()
        .flatMap(id -> Optional.ofNullable(settled.get(id)).stream())
        .flatMap(start -> view.holding(IdType.SUBUID, start).stream())
        .map(form::entryOf)
        .forEach(entries::add);
    return entries;
  }

  /** Whether the entry of this allocation, in the ledger's present state, is settled. */
  boolean isSettled(Allocation present) {
    return settled.containsKey(present.id())
        && view.holding(IdType.SUBUID, present.uidRange().start())
            .filter(present::equals)
            .isPresent();
  }

  /** Whether publishing would give this allocation an entry that is missing or another. */
  boolean lacksEntry(Allocation present) {
    return form.needsEntry(present) && !isSettled(present);
  }
}
