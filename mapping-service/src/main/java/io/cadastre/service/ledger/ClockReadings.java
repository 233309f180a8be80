/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.EventChain;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Collects the times of events: where the clock stepped back, and which times are odd. The order of
 * events is their number, so no time makes a ledger wrong. Not thread-safe.
 */
final class ClockReadings {
  private static final int MAX_FINDINGS = 20;

  private final Instant now;
  private final NavigableMap<Long, Instant> steps = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int oddities;

  /**
   * No readings yet.
   *
   * @param now the service's clock, which the readings are compared with
   */
  ClockReadings(Instant now) {
    this.now = now;
  }

  /**
   * Adds the reading of the next event.
   *
   * @param before the head before the event; its number is 0 for the first event
   */
  void take(LedgerHead before, long number, Instant reading) {
    if (before.lastEvent() > 0 && reading.isBefore(before.lastEventAt())) {
      while (!steps.isEmpty() && !steps.lastEntry().getValue().isBefore(reading)) {
        steps.pollLastEntry();
      }
      steps.put(number, reading);
    }
    EventChain.oddTime(before, reading, now)
        .ifPresent(
            what -> {
              if (oddities++ < MAX_FINDINGS) {
                findings.add(finding(number, what));
              }
            });
  }

  private static Finding finding(long number, String what) {
    return new Finding(
        "clock",
        Severity.WARNING,
        "event " + number,
        "event %d: %s".formatted(number, what),
        "Nothing in the ledger is wrong: the order of events is their number, and ?at= goes by it. See that the host of the database keeps its clock, with chrony or ntpd.");
  }

  /**
   * The readings that are earlier than the one before, by the number of the event. A reading is
   * left out if a later one is earlier still, so these ascend. Between two of these events, and for
   * each time T before the reading of the second, the events at or before T come first: a bisection
   * finds the last of them.
   */
  Map<Long, Instant> steps() {
    return steps;
  }

  /** A finding for each odd reading: at most 20, and one with the number of the rest. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    if (oddities > MAX_FINDINGS) {
      all.add(finding(oddities, "%d more readings are odd".formatted(oddities - MAX_FINDINGS)));
    }
    return all;
  }
}
