/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query; what is wrong is refused with the parameter's name. */
public final class Query {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private Query() {}

  /** The text of a parameter; an empty one counts as left out. */
  public static Optional<String> text(@Nullable String given) {
    return Optional.ofNullable(given).filter(text -> !text.isEmpty());
  }

  /** A number from 0 on. */
  public static OptionalLong number(String name, @Nullable String given) {
    Optional<String> text = text(given);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!NUMBER.matcher(text.get()).matches()) {
      throw refused(
          "%s=%s is refused: it must be a decimal number of at most 18 digits",
          name, shown(text.get()));
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  /** A number that must be there. */
  public static long required(String name, @Nullable String given) {
    return number(name, given)
        .orElseThrow(() -> refused("the parameter %s is missing%s", name, ""));
  }

  /** An ID of either space. */
  public static long id(String name, @Nullable String given) {
    long id = required(name, given);
    if (id > IdRange.MAX_ID) {
      throw refused("%s is refused: %s", name, "IDs end at " + IdRange.MAX_ID);
    }
    return id;
  }

  /** How many results a page may have: {@code usual} if left out. */
  public static int limit(@Nullable String given, int usual, int most) {
    long limit = number("limit", given).orElse(usual);
    if (limit < 1 || limit > most) {
      throw refused("limit=%s is refused: it must lie in 1 to %s", limit, most);
    }
    return (int) limit;
  }

  /** One of the words that a parameter may have; the first if it is left out. */
  public static String oneOf(String name, @Nullable String given, String... words) {
    String text = text(given).orElse(words[0]);
    if (!List.of(words).contains(text)) {
      throw refused(
          "%s is refused: it is one of %s", name + "=" + shown(text), String.join(", ", words));
    }
    return text;
  }

  /** Whether a switch is on; it is off when left out. */
  public static boolean flag(String name, @Nullable String given) {
    return oneOf(name, given, "false", "true").equals("true");
  }

  /** One of the two ID spaces; it must be there. */
  public static IdType idType(@Nullable String given) {
    if (text(given).isEmpty()) {
      throw refused("the parameter %s is missing: it is %s", "type", "subuid or subgid");
    }
    return oneOf("type", given, "subuid", "subgid").equals("subuid")
        ? IdType.SUBUID
        : IdType.SUBGID;
  }

  /** A range, by its start and its count; both must be there. */
  public static IdRange range(@Nullable String start, @Nullable String count) {
    try {
      return new IdRange(required("start", start), required("count", count));
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
  }

  /** An owner's name. */
  public static Optional<OwnerName> ownerName(@Nullable String given) {
    try {
      return text(given).map(OwnerName::new);
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }

  /**
   * A moment that is not in the future. One before 1970 is that of 1970: no ledger is that old, and
   * databases do not hold, or wrap, what lies far before.
   */
  public static Optional<Instant> past(String name, @Nullable String given, Instant now) {
    Optional<Instant> at =
        text(given)
            .map(text -> instant(name, text))
            .map(moment -> moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment);
    if (at.isPresent() && at.get().isAfter(now)) {
      throw refused("%s=%s is refused: it is in the future", name, at.get());
    }
    return at;
  }

  private static Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw refused(
          "%s=%s is refused: a moment is written as 2026-03-01T12:00:00Z", name, shown(text));
    }
  }

  /** A refusal of this value. */
  public static Refused refused(String message, Object name, Object value) {
    return new Refused(RefusalCode.BAD_REQUEST, message.formatted(name, value));
  }

  /** A value as a message may show it. */
  public static String shown(String text) {
    int end = text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), 60));
    return "\"" + text.substring(0, end) + "\"";
  }
}
