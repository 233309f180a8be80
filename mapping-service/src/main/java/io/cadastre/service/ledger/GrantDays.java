/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the allocations of each pool by the day (UTC) that their events read. Not thread-safe. */
final class GrantDays {
  private final Map<String, SortedMap<LocalDate, Long>> days = new TreeMap<>();

  /** Adds one allocation. */
  void add(String pool, Instant at) {
    add(pool, LocalDate.ofInstant(at, ZoneOffset.UTC), 1);
  }

  /** Adds allocations of one day. */
  void add(String pool, LocalDate day, long grants) {
    days.computeIfAbsent(pool, name -> new TreeMap<>()).merge(day, grants, Long::sum);
  }

  /** The counts by pool and day; a day without any is left out. */
  Map<String, SortedMap<LocalDate, Long>> byPool() {
    return Collections.unmodifiableMap(days);
  }

  /** Passes on each count. */
  void forEach(Counts counts) {
    days.forEach((pool, known) -> known.forEach((day, grants) -> counts.take(pool, day, grants)));
  }

  /** Takes the count of one day. */
  interface Counts {
    /** Takes the number of allocations of a pool on a day. */
    void take(String pool, LocalDate day, long grants);
  }
}
