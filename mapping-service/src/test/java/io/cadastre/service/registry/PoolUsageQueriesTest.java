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
import java.time.temporal.ChronoUnit;
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

  @Test
  void saysHowUncertainTheDayIs() {
    // 100 in 10 days, give or take 20: the 600 free slots last for 50 to 75 days
    FillForecast forecast =
        PoolUsageQueries.forecast(600, grants(100, Duration.ofDays(10)), 100, NOW).orElseThrow();
    LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    assertThat(today.until(forecast.earliest(), ChronoUnit.DAYS)).isBetween(48L, 55L);
    assertThat(today.until(forecast.likely(), ChronoUnit.DAYS)).isBetween(58L, 66L);
    assertThat(today.until(forecast.latest().orElseThrow(), ChronoUnit.DAYS)).isBetween(72L, 83L);
  }

  private static Optional<LocalDate> fullOn(
      long free, List<Instant> grants, long ever, Instant now) {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    grants.forEach(at -> days.merge(LocalDate.ofInstant(at, ZoneOffset.UTC), 1L, Long::sum));
    return PoolUsageQueries.forecast(free, days, ever, now).map(FillForecast::likely);
  }
}
