/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.NodeName;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the value of a parameter by the parameter's type. A value that cannot be read is refused
 * with the parameter's name, the value and the limit.
 */
public final class ParameterValue {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final int SHOWN = 60;

  private static final Map<Class<?>, Reader> READERS =
      Map.ofEntries(
          Map.entry(String.class, (name, text) -> text),
          Map.entry(boolean.class, ParameterValue::flag),
          Map.entry(long.class, ParameterValue::number),
          Map.entry(Long.class, ParameterValue::number),
          Map.entry(Instant.class, ParameterValue::instant),
          Map.entry(OwnerName.class, ParameterValue::ownerName),
          Map.entry(NodeName.class, ParameterValue::nodeName),
          Map.entry(SubordinateId.class, ParameterValue::id),
          Map.entry(PageLimit.class, ParameterValue::limit));

  private ParameterValue() {}

  /** Reads a value. */
  interface Reader {
    /**
     * The value that this text stands for.
     *
     * @param name the parameter's name
     * @throws Refused if the text is not a value of the type
     */
    Object read(String name, String text);
  }

  /** The reader of the values of a type; empty for a type that no parameter has. */
  static Optional<Reader> reader(Class<?> type) {
    return type.isEnum()
        ? Optional.of((name, text) -> constant(type, name, text))
        : Optional.ofNullable(READERS.get(type));
  }

  private static Object flag(String name, String text) {
    return oneOf(name, text, List.of("false", "true")).equals("true");
  }

  private static long number(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw refused(name, text, "it must be a decimal number of at most 18 digits");
    }
    return Long.parseLong(text);
  }

  private static Object id(String name, String text) {
    try {
      return new SubordinateId(number(name, text));
    } catch (IllegalArgumentException e) {
      throw refused(name, text, "IDs end at %d".formatted(IdRange.MAX_ID));
    }
  }

  private static Object limit(String name, String text) {
    long rows = number(name, text);
    if (rows < 1 || rows > Integer.MAX_VALUE) {
      throw PageLimit.outOfBounds(rows);
    }
    return new PageLimit((int) rows);
  }

  private static Object instant(String name, String text) {
    try {
      return DAY.matcher(text).matches()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw refused(
          name,
          text,
          "a moment is written as 2026-03-01T12:00:00Z, or as 2026-03-01 for midnight UTC");
    }
  }

  /**
   * Reads a moment: {@code 2026-03-01T12:00:00Z}, or {@code 2026-03-01} for midnight UTC.
   *
   * @throws Refused for another text
   */
  public static Instant moment(String name, String text) {
    return (Instant) instant(name, text);
  }

  /**
   * The moment {@code at} that a look-up is about. One before 1970 becomes 1970: no ledger is
   * older, and databases hold no far past.
   *
   * @throws Refused if it is in the future
   */
  public static Instant past(Instant moment, Clock clock) {
    if (moment.isAfter(clock.instant())) {
      throw refused("at", moment.toString(), "it is in the future");
    }
    return moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment;
  }

  private static Object ownerName(String name, String text) {
    try {
      return new OwnerName(text);
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  private static Object nodeName(String name, String text) {
    try {
      return new NodeName(text);
    } catch (IllegalArgumentException e) {
      throw refused(name, text, String.valueOf(e.getMessage()));
    }
  }

  /** Constants are written in lower case. */
  private static Object constant(Class<?> type, String name, String text) {
    List<String> words = words(type);
    return type.getEnumConstants()[words.indexOf(oneOf(name, text, words))];
  }

  /** The words that a parameter of an enum's type takes. */
  public static List<String> words(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String oneOf(String name, String text, List<String> words) {
    if (!words.contains(text)) {
      throw refused(name, text, "it is one of " + String.join(", ", words));
    }
    return text;
  }

  /** A refusal of a parameter that must be there. */
  static Refused missing(String name, Class<?> type) {
    return new Refused(
        RefusalCode.BAD_REQUEST,
        "the parameter %s is missing%s"
            .formatted(name, type.isEnum() ? ": it is " + String.join(" or ", words(type)) : ""));
  }

  /** A refusal of this value of a parameter. */
  public static Refused refused(String name, String text, String why) {
    return new Refused(
        RefusalCode.BAD_REQUEST, "%s=%s is refused: %s".formatted(name, shown(text), why));
  }

  /** A text as a message may show it: in quotes, and not longer than 60 characters. */
  public static String shown(String text) {
    int end = text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), SHOWN));
    return "\"" + text.substring(0, end) + "\"";
  }
}
