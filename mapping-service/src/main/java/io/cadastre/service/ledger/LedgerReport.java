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
 * What holding a ledger against its own events came to.
 *
 * @param events how many events there are, as far as they form a chain
 * @param broken why the events are no chain that a ledger wrote; the tables were then not compared
 * @param count how many differences there are
 * @param differences the first hundred of them, a sentence each
 * @param owners the stable ids of owners whose allocations differ
 * @param counters pools' counters that were set back: worth a look, and not wrong
 * @param clock what is odd about the events' times: worth a look, and not wrong
 */
public record LedgerReport(
    long events,
    Optional<String> broken,
    int count,
    List<String> differences,
    Set<String> owners,
    List<String> counters,
    List<Finding> clock) {

  /** Copies the collections. */
  public LedgerReport {
    differences = List.copyOf(differences);
    owners = Set.copyOf(owners);
    counters = List.copyOf(counters);
    clock = List.copyOf(clock);
  }

  /** Whether the tables are what the events say. */
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
        fold.clock().findings());
  }

  static LedgerReport of(EventFold fold, Differences differences, List<String> counters) {
    return new LedgerReport(
        fold.head().lastEvent(),
        Optional.empty(),
        differences.count(),
        differences.lines(),
        differences.owners(),
        counters,
        fold.clock().findings());
  }
}
