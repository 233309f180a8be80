/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The day (UTC) on which a pool has no free slot, by its pace of the last 90 days. If the days to
 * come differ as those days did, the pool is full between {@code earliest} and {@code latest} in 19
 * of 20 cases.
 *
 * @param day the day by the mean rate
 * @param earliest the day by a higher rate
 * @param latest the day by a lower rate; empty if that is too far away, or never
 */
public record PoolForecast(LocalDate day, LocalDate earliest, Optional<LocalDate> latest) {
  /** How far back a forecast looks. */
  static final Duration LOOK_BACK = Duration.ofDays(90);

  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final int FEWEST_GRANTS = 10;

  /** A day with more than so many times the median of the others is a bulk load. */
  private static final int BULK = 10;

  private static final long FARTHEST_DAYS = 365_000;
  private static final double SECONDS_OF_DAY = 86_400;

  /** 19 of 20 values of a normal distribution are within so many standard deviations. */
  private static final double DEVIATIONS = 1.96;

  /**
   * Estimates by the mean rate of the last 90 days, or since the day of the first allocation in a
   * younger pool. Bulk loads are no pace and are left out. Empty with too few allocations, with
   * those of a single day, or for a day too far away.
   *
   * @param grants the number of allocations of each day (UTC); a clock that was set wrong can have
   *     dated some of them in the future
   * @param ever how many slots were allocated at any time
   */
  static Optional<PoolForecast> of(
      long free, SortedMap<LocalDate, Long> grants, long ever, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    SortedMap<LocalDate, Long> past =
        grants.subMap(today.minusDays(LOOK_BACK.toDays()), today.plusDays(1));
    List<Long> usual = withoutBulkLoads(past);
    double count = usual.stream().mapToLong(Long::longValue).sum();
    if (count < FEWEST_GRANTS) {
      return Optional.empty();
    }
    double observed = observedDays(past, ever, now);
    double spread = DEVIATIONS * Math.sqrt(variance(usual, count, observed));
    return day(today, free, count, observed)
        .map(
            day ->
                new PoolForecast(
                    day,
                    day(today, free, count + spread, observed).orElse(day),
                    day(today, free, count - spread, observed)));
  }

  private static Optional<LocalDate> day(
      LocalDate today, long free, double count, double observed) {
    double days = count <= 0 ? Double.MAX_VALUE : free / count * observed;
    return days > FARTHEST_DAYS ? Optional.empty() : Optional.of(today.plusDays((long) days));
  }

  private static double observedDays(SortedMap<LocalDate, Long> past, long ever, Instant now) {
    long all = past.values().stream().mapToLong(Long::longValue).sum();
    Duration sinceFirst =
        Duration.between(past.firstKey().atStartOfDay(ZoneOffset.UTC).toInstant(), now);
    Duration observed =
        ever > all ? LOOK_BACK : sinceFirst.compareTo(SHORTEST) < 0 ? SHORTEST : sinceFirst;
    return observed.toSeconds() / SECONDS_OF_DAY;
  }

  /**
   * The variance of the number of allocations in as many days: as that of the days shows it, those
   * without any included, and at least that of single events at random.
   */
  private static double variance(List<Long> usual, double count, double days) {
    double squares = usual.stream().mapToDouble(c -> (double) c * c).sum();
    double ofOneDay = (squares - count * count / days) / Math.max(1, days - 1);
    return Math.max(count, days * ofOneDay);
  }

  /**
   * The days that were no bulk load. A day is one if it has over ten times as many as the median of
   * the days with allocations. A single day shows no pace.
   */
  private static List<Long> withoutBulkLoads(SortedMap<LocalDate, Long> past) {
    if (past.size() < 2) {
      return List.of();
    }
    List<Long> days = past.values().stream().sorted().toList();
    long median = days.get((days.size() - 1) / 2);
    return days.stream().filter(count -> count <= BULK * median).toList();
  }
}
