/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of comparing a ledger's tables with its own events.
 *
 * @param events the number of events, up to the first that breaks the chain
 * @param broken why the events form no chain that a ledger wrote; the tables were then not compared
 * @param count the number of differences
 * @param differences the first hundred differences, a sentence each
 * @param owners the stable ids of owners whose allocations differ
 * @param counters pools whose {@code next_slot} was set back: worth a look, and not an error
 * @param clock odd times of events: worth a look, and not an error
 * @param hash the hash of the last of these events
 * @param allocations a number that differs for other allocations than these events lead to, but for
 *     a rare chance
 */
public record LedgerReport(
    long events,
    Optional<String> broken,
    int count,
    List<String> differences,
    Set<String> owners,
    List<String> counters,
    List<Finding> clock,
    String hash,
    long allocations) {

  /** Copies the collections. */
  public LedgerReport {
    differences = List.copyOf(differences);
    owners = Set.copyOf(owners);
    counters = List.copyOf(counters);
    clock = List.copyOf(clock);
  }

  /** Whether the tables equal the events. */
  public boolean isEqual() {
    return broken.isEmpty() && count == 0;
  }

  static LedgerReport broken(EventFold fold, String why) {
    return new LedgerReport(
        fold.head().lastEvent(),
        Optional.of(why),
        0,
        List.of(),
        Set.of(),
        List.of(),
        fold.clock().findings(),
        fold.head().hash(),
        fold.allocations().fingerprint());
  }

  static LedgerReport of(EventFold fold, TableDifferences differences, List<String> counters) {
    return new LedgerReport(
        fold.head().lastEvent(),
        Optional.empty(),
        differences.count(),
        differences.lines(),
        differences.owners(),
        counters,
        fold.clock().findings(),
        fold.head().hash(),
        fold.allocations().fingerprint());
  }
}
