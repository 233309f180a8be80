/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.failure.Refused;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A day in words is a midnight, of this year or of the last one that had it. */
class DayInWordsTest {
  private static final Instant NOW = Instant.parse("2026-03-03T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "3 March 2026, 2026-03-03T00:00:00Z",
    "3 march, 2026-03-03T00:00:00Z",
    "4 March, 2025-03-04T00:00:00Z",
    "29 February, 2024-02-29T00:00:00Z",
    "4 March 2030, 2030-03-04T00:00:00Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
  })
  void dayIsItsMidnight(String text, Instant midnight) {
    assertThat(DayInWords.moment(text, NOW)).isEqualTo(midnight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"31 February", "29 February 2026", "0 March", "3 Brumaire", "3 Mar 2026"})
  void dayThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> DayInWords.moment(text, NOW))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("3 March 2026");
  }
}
