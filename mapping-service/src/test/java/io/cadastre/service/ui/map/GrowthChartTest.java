/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthChartTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

  private static GrowthChart chart(Map<LocalDate, Long> days) {
    return GrowthChart.of(Map.of("default", new TreeMap<>(days)), TODAY);
  }

  @Test
  void nothingIsEmptyAndStillAPicture() {
    GrowthChart chart = GrowthChart.of(Map.of(), TODAY);

    assertThat(chart.isEmpty()).isTrue();
    assertThat(chart.line()).isEqualTo("M0 160H600");
    assertThat(chart.days()).containsExactly("2026-11-27", "2026-11-28");
  }

  @Test
  void oneDayIsOneStep() {
    GrowthChart chart = chart(Map.of(TODAY, 8L));

    assertThat(chart.line()).isEqualTo("M0 160H300V0H600");
    assertThat(chart.area()).isEqualTo(chart.line() + "V160H0z");
    assertThat(chart.heights()).containsExactly("8", "6", "4", "2", "0");
    assertThat(chart.rows()).containsExactly(new GrowthChart.Row("2026-11-28", 8, 8));
  }

  @Test
  void poolsAreAddedUp() {
    SortedMap<LocalDate, Long> one = new TreeMap<>(Map.of(TODAY.minusDays(1), 1L));
    SortedMap<LocalDate, Long> two = new TreeMap<>(Map.of(TODAY.minusDays(1), 2L, TODAY, 1L));
    GrowthChart chart = GrowthChart.of(Map.of("a", one, "b", two), TODAY);

    assertThat(chart.rows())
        .containsExactly(
            new GrowthChart.Row("2026-11-27", 3, 3), new GrowthChart.Row("2026-11-28", 1, 4));
    assertThat(chart.line()).isEqualTo("M0 160H200V40H400V0H600");
  }

  /** An event of a clock that was set wrong must not stretch the picture. */
  @Test
  void daysInTheFutureAreToday() {
    assertThat(chart(Map.of(TODAY.plusYears(80), 8L))).isEqualTo(chart(Map.of(TODAY, 8L)));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "5, 8", "9, 20", "13397, 20000", "1000000, 2000000", "1714816, 2000000"})
  void topIsARoundNumber(long total, long top) {
    assertThat(chart(Map.of(TODAY, total)).heights().get(0)).isEqualTo(UseText.grouped(top));
  }

  /** Twenty years of a busy site: the picture stays small, and its line never falls. */
  @Test
  void manyDaysAreFewSteps() {
    Map<LocalDate, Long> days = new TreeMap<>();
    for (int i = 0; i < 20 * 365; i++) {
      days.put(TODAY.minusDays(i), 137L);
    }
    GrowthChart chart = chart(days);

    assertThat(chart.line().length()).isLessThan(4000);
    assertThat(chart.rows()).hasSizeLessThanOrEqualTo(40);
    assertThat(chart.rows().get(chart.rows().size() - 1).total()).isEqualTo(20 * 365 * 137);
    assertThat(chart.days()).hasSize(4);
    long last = GrowthChart.HEIGHT;
    Matcher step = Pattern.compile("V(\\d+)").matcher(chart.line());
    while (step.find()) {
      long height = Long.parseLong(step.group(1));
      assertThat(height).isBetween(0L, last);
      last = height;
    }
    assertThat(last).isEqualTo(GrowthChart.HEIGHT / 2);
  }

  @Test
  void labelsAreEquallyFarApart() {
    assertThat(chart(Map.of(TODAY.minusDays(8), 1L)).days())
        .isEqualTo(List.of("2026-11-19", "2026-11-22", "2026-11-25", "2026-11-28"));
    assertThat(chart(Map.of(TODAY.minusDays(6), 1L)).days())
        .isEqualTo(List.of("2026-11-21", "2026-11-28"));
  }
}
