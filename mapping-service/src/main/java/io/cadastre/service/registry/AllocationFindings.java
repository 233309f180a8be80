/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.Severity;
import io.cadastre.subid.ShellWord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is wrong with allocations: overlaps, clashes with real and reserved IDs, orphans,
 * names and uids that newer rules refuse. Takes them one by one, and keeps 16 bytes of each besides
 * its findings. Not thread-safe.
 */
final class AllocationFindings {
  private final Optional<AccountIndex> accounts;
  private final Map<IdType, RangeOverlaps> ranges = new EnumMap<>(IdType.class);
  private final Map<IdType, List<Finding>> clashes = new EnumMap<>(IdType.class);
  private final List<Finding> orphans = new ArrayList<>();
  private final List<Finding> refused = new ArrayList<>();

  /** No findings yet, about the accounts of this read. */
  AllocationFindings(Optional<AccountIndex> accounts) {
    this.accounts = accounts;
    for (IdType type : IdType.values()) {
      ranges.put(type, new RangeOverlaps());
      clashes.put(type, new ArrayList<>());
    }
  }

  /** Looks at the next allocation. */
  void take(Allocation a) {
    ranges.forEach((type, known) -> known.add(a.range(type)));
    clashes.forEach((type, known) -> clashes(type, a).ifPresent(known::add));
    orphan(a).ifPresent(orphans::add);
    RefusedSince.finding(a).ifPresent(refused::add);
  }

  /**
   * The findings, once all allocations were taken.
   *
   * @param queries read the allocations again if some overlap
   */
  List<Finding> findings(LedgerQueries queries) {
    List<Finding> findings = new ArrayList<>();
    ranges.forEach(
        (type, known) -> {
          findings.addAll(overlaps(type, having(known.overlapping(), type, queries)));
          findings.addAll(clashes.getOrDefault(type, List.of()));
        });
    findings.addAll(orphans);
    findings.addAll(refused);
    return findings;
  }

  private static List<Allocation> having(Set<IdRange> ranges, IdType type, LedgerQueries queries) {
    List<Allocation> having = new ArrayList<>();
    if (!ranges.isEmpty()) {
      queries.forEachAllocation(
          a -> {
            if (ranges.contains(a.range(type))) {
              having.add(a);
            }
          });
    }
    return having;
  }

  /** A finding for each two of these that overlap, neighbours by their ranges. */
  static List<Finding> overlaps(IdType type, List<Allocation> all) {
    List<Finding> findings = new ArrayList<>();
    List<Allocation> sorted =
        all.stream().sorted(Comparator.comparing((Allocation a) -> a.range(type))).toList();
    for (int i = 1; i < sorted.size(); i++) {
      Allocation a = sorted.get(i - 1);
      Allocation b = sorted.get(i);
      if (a.range(type).overlaps(b.range(type))) {
        findings.add(
            new Finding(
                "overlap",
                Severity.ERROR,
                subject(b),
                "%s %s of %s overlaps %s of %s"
                    .formatted(type.word(), b.range(type), subject(b), a.range(type), subject(a)),
                "Supersede one of the two, and move its files to the new range."));
      }
    }
    return findings;
  }

  private Optional<Finding> clashes(IdType type, Allocation a) {
    IdRange range = a.range(type);
    Optional<String> real = accounts.flatMap(read -> read.holders().in(type, range));
    if (real.isPresent()) {
      return Optional.of(
          new Finding(
              "real-id-clash",
              Severity.ERROR,
              subject(a),
              "%s lies in the %s range %s of %s"
                  .formatted(real.get(), type.word(), range, subject(a)),
              "Give the account another ID: in a container, the owner of the range owns the files of the account."));
    }
    return ReservedIds.forbidden(range).stream()
        .findFirst()
        .map(
            reserved ->
                new Finding(
                    "reserved-clash",
                    Severity.ERROR,
                    subject(a),
                    "%s %s of %s touches the reserved IDs %s"
                        .formatted(type.word(), range, subject(a), reserved),
                    "Supersede the allocation."));
  }

  private static Optional<Finding> orphan(Allocation a) {
    return a.state() != AllocationState.WITHHELD
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "orphan",
                Severity.WARNING,
                subject(a),
                "the account of %s, range %s, is gone from the directory or was replaced"
                    .formatted(subject(a), a.uidRange()),
                "Nothing, if the person left; \"cadastre rebind %s --reason WHY\" if the person is still there under a new stable id."
                    .formatted(ShellWord.of(a.owner().name().value()))));
  }

  private static String subject(Allocation a) {
    return a.owner().nameAndUid();
  }
}
