/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.failure.Refused;
import io.cadastre.service.rest.http.ParameterValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a day as people write it: {@code 3 March 2026}, or {@code 3 March} for the last one. */
final class DayInWords {
  private static final Pattern DAY =
      Pattern.compile("([0-9]{1,2})\\s+([A-Za-z]+)(?:\\s+([0-9]{4}))?");

  /** A leap year comes after eight years at most: 1896 to 1904. */
  private static final int YEARS = 8;

  private DayInWords() {}

  /**
   * The midnight UTC with which the day begins, or the moment of a text in the form of a parameter.
   *
   * @param now without a year it is the last such day that has begun
   * @throws Refused for a text that is neither, and for a day that no month has
   */
  static Instant moment(String text, Instant now) {
    Matcher day = DAY.matcher(text);
    if (!day.matches()) {
      return ParameterValue.moment("at", text);
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    try {
      Month month = Month.valueOf(day.group(2).toUpperCase(Locale.ROOT));
      int number = Integer.parseInt(day.group(1));
      LocalDate found =
          day.group(3) == null
              ? last(month, number, today)
              : LocalDate.of(Integer.parseInt(day.group(3)), month, number);
      return found.atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw ParameterValue.refused(
          "at", text, "there is no such day; one is written as 3 March 2026, or as 2026-03-03");
    }
  }

  private static LocalDate last(Month month, int number, LocalDate today) {
    for (int year = today.getYear(); year >= today.getYear() - YEARS; year--) {
      if (number >= 1
          && number <= month.length(LocalDate.of(year, 1, 1).isLeapYear())
          && !LocalDate.of(year, month, number).isAfter(today)) {
        return LocalDate.of(year, month, number);
      }
    }
    throw new DateTimeException("no such day");
  }
}
