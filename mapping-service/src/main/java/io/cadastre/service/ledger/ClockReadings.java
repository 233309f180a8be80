/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the clock read, event after event: where it stepped back, and what is odd about it. The
 * order of events is their number, so nothing here makes a ledger wrong. Not thread-safe.
 */
final class ClockReadings {
  /** A step back that replicas, leap seconds and time daemons explain. */
  static final Duration TOLERATED = Duration.ofSeconds(5);

  private static final Duration AHEAD = Duration.ofDays(1);
  private static final int MOST_FINDINGS = 20;

  private final Instant now;
  private final NavigableMap<Long, Instant> steps = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int oddities;

  /**
   * Readings that are judged at this time.
   *
   * @param now the service's clock
   */
  ClockReadings(Instant now) {
    this.now = now;
  }

  /**
   * Takes the reading of the next event.
   *
   * @param before the head before it; its number is 0 for the first event
   */
  void take(LedgerHead before, long number, Instant reading) {
    if (before.lastEvent() > 0 && reading.isBefore(before.lastEventAt())) {
      while (!steps.isEmpty() && !steps.lastEntry().getValue().isBefore(reading)) {
        steps.pollLastEntry();
      }
      steps.put(number, reading);
    }
    oddity(before, reading, now)
        .ifPresent(
            what -> {
              if (oddities++ < MOST_FINDINGS) {
                findings.add(finding(number, what));
              }
            });
  }

  /**
   * What is odd about a reading that follows {@code before}, if anything is. Of several events
   * after one step, only the first has it.
   */
  static Optional<String> oddity(LedgerHead before, Instant reading, Instant now) {
    boolean first = before.lastEvent() == 0;
    if (!first && reading.isBefore(before.lastEventAt().minus(TOLERATED))) {
      return Optional.of(
          "the clock reads %s, %d s before the event before it"
              .formatted(reading, Duration.between(reading, before.lastEventAt()).toSeconds()));
    }
    Instant latest = now.plus(AHEAD);
    return reading.isAfter(latest) && (first || !before.lastEventAt().isAfter(latest))
        ? Optional.of(
            "the clock reads %s, over a day ahead of the service's %s".formatted(reading, now))
        : Optional.empty();
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
   * The events that read earlier than the one before, by number, but for those that a later one
   * reads earlier than still: their readings ascend. Between two of them, whether an event reads at
   * most T is true up to one event and false from then on, for each T that is earlier than the next
   * step.
   */
  Map<Long, Instant> steps() {
    return steps;
  }

  /** What is odd about the readings: a finding for each step, at most 20 and how many more. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    if (oddities > MOST_FINDINGS) {
      all.add(finding(oddities, "%d more readings are odd".formatted(oddities - MOST_FINDINGS)));
    }
    return all;
  }
}
