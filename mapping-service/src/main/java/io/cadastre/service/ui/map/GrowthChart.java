/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The number of allocations over time as a chart of steps, and as a table. Each day has the same
 * width, and begins with its allocations. The labels of the axes are equally far apart, so that
 * they can be text beside a picture of any width. Immutable.
 *
 * @param line the path of the line
 * @param area the path of the area below it
 * @param heights the labels of the vertical axis, from the top to 0
 * @param days the labels of the horizontal axis, from the left
 * @param rows the table: at most {@value #MOST_ROWS} rows
 */
public record GrowthChart(
    String line, String area, List<String> heights, List<String> days, List<Row> rows) {
  /** The width of the picture, in units. */
  public static final int WIDTH = 600;

  /** The height of the picture, in units. */
  public static final int HEIGHT = 160;

  private static final int MOST_ROWS = 40;
  private static final int MOST_STEPS = 300;
  private static final int STEPS_OF_HEIGHT = 4;
  private static final int MOST_DAY_LABELS = 4;

  /** Copies the lists. */
  public GrowthChart {
    heights = List.copyOf(heights);
    days = List.copyOf(days);
    rows = List.copyOf(rows);
  }

  /**
   * A row of the table.
   *
   * @param when a day, a month or a year
   * @param added the allocations of that time
   * @param total the allocations up to its end
   */
  public record Row(String when, long added, long total) {}

  /**
   * The chart of these pools.
   *
   * @param grants the allocations of each pool by day (UTC)
   * @param today the day of the right end; allocations that a wrong clock dated later count as
   *     today's
   */
  public static GrowthChart of(Map<String, SortedMap<LocalDate, Long>> grants, LocalDate today) {
    SortedMap<LocalDate, Long> added = new TreeMap<>();
    grants
        .values()
        .forEach(
            days ->
                days.forEach(
                    (day, count) ->
                        added.merge(day.isAfter(today) ? today : day, count, Long::sum)));
    LocalDate first = added.isEmpty() ? today.minusDays(1) : added.firstKey().minusDays(1);
    int length = (int) ChronoUnit.DAYS.between(first, today) + 1;
    long step = step(added.values().stream().mapToLong(Long::longValue).sum());
    String line = line(added, first, length, step * STEPS_OF_HEIGHT);
    return new GrowthChart(
        line,
        line + "V%dH0z".formatted(HEIGHT),
        IntStream.rangeClosed(0, STEPS_OF_HEIGHT)
            .mapToObj(i -> UseText.grouped((STEPS_OF_HEIGHT - i) * step))
            .toList(),
        labels(first, length),
        rows(added));
  }

  /** Returns whether there is nothing to show. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The smallest 1, 2 or 5 with zeros, four of which hold the total. */
  private static long step(long total) {
    long step = 1;
    for (int i = 0; step * STEPS_OF_HEIGHT < total; i++) {
      step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step;
  }

  private static String line(
      SortedMap<LocalDate, Long> added, LocalDate first, int length, long top) {
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    int days = (length + MOST_STEPS - 1) / MOST_STEPS;
    long total = 0;
    for (int day = 0; day < length; day += days) {
      int end = Math.min(day + days, length);
      long more =
          added.subMap(first.plusDays(day), first.plusDays(end)).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      total += more;
      if (more > 0) {
        path.append("H%dV%d".formatted(x(day, length), HEIGHT - total * HEIGHT / top));
      }
    }
    return path.append('H').append(WIDTH).toString();
  }

  private static long x(long day, int length) {
    return day * WIDTH / length;
  }

  private static List<String> labels(LocalDate first, int length) {
    int between = length - 1;
    int steps = Math.min(MOST_DAY_LABELS - 1, between);
    while (between % steps != 0 && between < 30) {
      steps--;
    }
    int equal = steps;
    return IntStream.rangeClosed(0, equal)
        .mapToObj(i -> first.plusDays((long) i * between / equal).toString())
        .toList();
  }

  /** A row for each day; for each month or year if that would be too many. */
  private static List<Row> rows(SortedMap<LocalDate, Long> added) {
    return Stream.<Function<LocalDate, String>>of(
            LocalDate::toString,
            day -> YearMonth.from(day).toString(),
            day -> Integer.toString(day.getYear()))
        .map(name -> rows(added, name))
        .filter(rows -> rows.size() <= MOST_ROWS)
        .findFirst()
        .orElseGet(() -> lastOf(rows(added, day -> Integer.toString(day.getYear()))));
  }

  private static List<Row> lastOf(List<Row> rows) {
    return rows.subList(rows.size() - MOST_ROWS, rows.size());
  }

  private static List<Row> rows(
      SortedMap<LocalDate, Long> added, Function<LocalDate, String> name) {
    Map<String, Long> byName = new LinkedHashMap<>();
    added.forEach((day, count) -> byName.merge(name.apply(day), count, Long::sum));
    List<Row> rows = new ArrayList<>();
    long total = 0;
    for (Map.Entry<String, Long> entry : byName.entrySet()) {
      total += entry.getValue();
      rows.add(new Row(entry.getKey(), entry.getValue(), total));
    }
    return rows;
  }
}
