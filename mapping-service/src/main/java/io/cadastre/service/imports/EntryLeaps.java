/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.EntryPlan.RefusedEntry;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Finds entries with a serial or a revision that no ledger has reached: adopting one would leave
 * the ledger few numbers, and nodes would refuse the next ledger.
 */
final class EntryLeaps {
  /** The most that a number may exceed the ledger's, or that of the next lower valid entry. */
  static final long MAX_LEAP = 1_000_000;

  private final String what;
  private final ToLongFunction<Allocation> number;

  private EntryLeaps(String what, ToLongFunction<Allocation> number) {
    this.what = what;
    this.number = number;
  }

  /** The entries whose serial or revision leaps. */
  static List<RefusedEntry> among(List<PublishedAllocation> entries, EntryFacts facts) {
    List<RefusedEntry> leaping =
        new ArrayList<>(
            new EntryLeaps("revision", Allocation::revision)
                .among(entries, facts.revision(), facts));
    List<PublishedAllocation> others = new ArrayList<>(entries);
    others.removeAll(leaping.stream().map(RefusedEntry::entry).toList());
    leaping.addAll(
        new EntryLeaps("serial", Allocation::serial).among(others, facts.serial(), facts));
    return leaping;
  }

  /** The first entry that leaps too far, and all above it. */
  private List<RefusedEntry> among(
      List<PublishedAllocation> entries, long reached, EntryFacts facts) {
    long last = reached;
    Optional<PublishedAllocation> first = Optional.empty();
    List<RefusedEntry> leaping = new ArrayList<>();
    for (PublishedAllocation entry :
        entries.stream().sorted(Comparator.comparingLong(this::number)).toList()) {
      if (first.isEmpty()
          && number(entry) > facts.acceptedSerial().orElse(0)
          && number(entry) - last > MAX_LEAP) {
        first = Optional.of(entry);
      }
      if (first.isPresent()) {
        leaping.add(refused(entry, number(first.get()), last));
      } else {
        last = Math.max(last, number(entry));
      }
    }
    return leaping;
  }

  private long number(PublishedAllocation entry) {
    return number.applyAsLong(entry.allocation());
  }

  private RefusedEntry refused(PublishedAllocation entry, long first, long last) {
    return new RefusedEntry(
        entry,
        "its %s is %d: the entries' %ss leap from %d to %d, over %d at once"
            .formatted(what, number(entry), what, last, first, MAX_LEAP),
        "Delete the entries whose %ss are wrong. If the ledger got that far, run: cadastre reconcile --adopt --accept-serial %d"
            .formatted(what, first));
  }
}
