/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolUsageQueriesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static List<Instant> grants(int count, Duration from) {
    return IntStream.range(0, count)
        .mapToObj(i -> NOW.minus(from).plus(from.dividedBy(count).multipliedBy(i)))
        .toList();
  }

  @Test
  void oldPoolIsForecastFromNinetyDays() {
    // 180 in 90 days: 2 a day, so that 100 last 50 days
    assertThat(fullOn(100, grants(180, Duration.ofDays(89)), 1000, NOW))
        .contains(LocalDate.parse("2026-07-21"));
  }

  @Test
  void youngPoolIsForecastFromItsFirstAllocation() {
    // 100 in 10 days: 10 a day
    assertThat(fullOn(100, grants(100, Duration.ofDays(10)), 100, NOW))
        .contains(LocalDate.parse("2026-06-11"));
  }

  /** Review R29: 250 accounts imported on one day foretold a full pool in 52 days. */
  @Test
  void bulkLoadIsNoPace() {
    List<Instant> grants = new ArrayList<>(grants(250, Duration.ofDays(60)).subList(0, 1));
    grants.addAll(Collections.nCopies(249, grants.get(0)));
    grants.addAll(grants(60, Duration.ofDays(59)));

    // 1 a day, so that 100 last 100 days
    assertThat(fullOn(100, grants, 310, NOW)).contains(LocalDate.parse("2026-09-09"));
  }

  @Test
  void aSingleDayShowsNoPace() {
    assertThat(fullOn(1000, grants(100, Duration.ofSeconds(5)), 100, NOW)).isEmpty();
  }

  @Test
  void weeklyIntakesAreAPace() {
    List<Instant> grants = new ArrayList<>();
    for (int week = 0; week < 12; week++) {
      grants.addAll(Collections.nCopies(50, NOW.minus(Duration.ofDays(7L * week + 1))));
    }

    assertThat(fullOn(700, grants, 5000, NOW)).contains(LocalDate.parse("2026-09-14"));
  }

  @Test
  void fullPoolIsFullToday() {
    assertThat(fullOn(0, grants(100, Duration.ofDays(10)), 100, NOW))
        .contains(LocalDate.parse("2026-06-01"));
  }

  @Test
  void fewerThanTenAllocationsHaveNoForecast() {
    assertThat(fullOn(100, grants(9, Duration.ofDays(10)), 9, NOW)).isEmpty();
    assertThat(fullOn(100, grants(10, Duration.ofDays(10)), 10, NOW)).isPresent();
  }

  @Test
  void dayTooFarAwayIsLeftOut() {
    assertThat(fullOn(4_000_000_000L, grants(10, Duration.ofDays(89)), 1000, NOW)).isEmpty();
  }

  @Test
  void allocationsDatedInTheFutureAreIgnored() {
    List<Instant> grants = new ArrayList<>(List.of(NOW.plus(Duration.ofDays(1500))));
    grants.addAll(grants(100, Duration.ofDays(10)));
    Collections.reverse(grants);

    assertThat(fullOn(100, grants, 100, NOW)).contains(LocalDate.parse("2026-06-11"));
  }

  /** 2 a day, each day: only chance spreads 180 allocations, by 26. */
  @Test
  void evenDaysSpreadLittle() {
    PoolForecast forecast = forecast(1000, grants(180, Duration.ofDays(89)), 1000, NOW);

    assertThat(forecast.day()).isEqualTo("2027-10-14");
    assertThat(forecast.earliest()).isEqualTo("2027-08-11");
    assertThat(forecast.latest()).contains(LocalDate.parse("2028-01-07"));
  }

  /** The same pace, from a few busy days. */
  @Test
  void busyDaysSpreadMuch() {
    List<Instant> grants = new ArrayList<>();
    for (int day = 0; day < 90; day += 18) {
      grants.addAll(Collections.nCopies(36, NOW.minus(Duration.ofDays(day))));
    }
    PoolForecast forecast = forecast(1000, grants, 1000, NOW);

    assertThat(forecast.day()).isEqualTo("2027-10-14");
    assertThat(forecast.earliest()).isBefore("2027-03-15");
    assertThat(forecast.latest().orElseThrow()).isAfter("2033-01-01");
  }

  @Test
  void fewAllocationsNameNoLatestDay() {
    List<Instant> grants = new ArrayList<>(Collections.nCopies(9, NOW));
    grants.add(NOW.minus(Duration.ofDays(40)));

    assertThat(forecast(100, grants, 1000, NOW).latest()).isEmpty();
  }

  private static PoolForecast forecast(long free, List<Instant> grants, long ever, Instant now) {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    grants.forEach(at -> days.merge(LocalDate.ofInstant(at, ZoneOffset.UTC), 1L, Long::sum));
    return PoolForecast.of(free, days, ever, now).orElseThrow();
  }

  private static Optional<LocalDate> fullOn(
      long free, List<Instant> grants, long ever, Instant now) {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    grants.forEach(at -> days.merge(LocalDate.ofInstant(at, ZoneOffset.UTC), 1L, Long::sum));
    return PoolForecast.of(free, days, ever, now).map(PoolForecast::day);
  }
}
