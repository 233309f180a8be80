/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.guard.Window;
import io.cadastre.subid.IdRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the values of settings. A value that is refused is an {@link IllegalArgumentException} that
 * names the valid form and does not quote the value.
 */
public final class SettingValue {
  private static final String RANGE = "([0-9]{1,10})-([0-9]{1,10})";
  private static final String PERCENT = "([0-9]{1,2}|100)%";
  private static final String SECONDS = "[1-9][0-9]{0,3}";
  private static final int MOST_DIGITS = 4;
  private static final String AGE = "it is not 1 to 9999 and one of m, h, d, for example 1d";

  private SettingValue() {}

  /** The constant of this name in lower case. */
  static <E extends Enum<E>> E choice(String value, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("it is none of the choices");
  }

  /** {@code FIRST-LAST}, both inclusive. */
  static Window window(String value) {
    Matcher range = Pattern.compile(RANGE).matcher(value);
    if (!range.matches()) {
      throw new IllegalArgumentException("it is not FIRST-LAST");
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    if (first < Window.DEFAULT.allowed().start() || last < first) {
      throw new IllegalArgumentException(
          "FIRST must be at least %d and at most LAST".formatted(Window.DEFAULT.allowed().start()));
    }
    return new Window(IdRange.between(first, last));
  }

  /** {@code PERCENT%}. */
  static int percent(String value) {
    Matcher percent = Pattern.compile(PERCENT).matcher(value);
    if (!percent.matches()) {
      throw new IllegalArgumentException("it is not 0% to 100%");
    }
    return Integer.parseInt(percent.group(1));
  }

  /** The absolute path of a file. */
  static Path absolute(String value) {
    if (!value.startsWith("/") || Path.of(value).getFileName() == null) {
      throw new IllegalArgumentException("it is no absolute path of a file");
    }
    return Path.of(value);
  }

  /** A number of seconds. */
  static Duration seconds(String value) {
    if (!value.matches(SECONDS)) {
      throw new IllegalArgumentException("it is not 1 to 9999 seconds");
    }
    return Duration.ofSeconds(Long.parseLong(value));
  }

  /**
   * An age: 1 to 9999 minutes, hours or days, as {@code 30m}, {@code 12h} or {@code 1d}.
   *
   * @throws IllegalArgumentException saying what is valid
   */
  public static Duration age(String value) {
    int digits = value.length() - 1;
    long number = 0;
    for (int i = 0; i < digits && digits <= MOST_DIGITS; i++) {
      char digit = value.charAt(i);
      number = digit >= '0' && digit <= '9' && number >= 0 ? number * 10 + digit - '0' : -1;
    }
    if (number <= 0) {
      throw new IllegalArgumentException(AGE);
    }
    return switch (value.charAt(digits)) {
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> throw new IllegalArgumentException(AGE);
    };
  }
}
