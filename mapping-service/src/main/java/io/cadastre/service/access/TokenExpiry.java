/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time at which a new token expires. */
public final class TokenExpiry {
  /** The time for which a token is valid if none is asked for. */
  public static final Duration DEFAULT = Duration.ofDays(365);

  /** The longest time. */
  public static final Duration MOST = Duration.ofDays(1830);

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([hd])");

  private TokenExpiry() {}

  /**
   * Returns the time at which a token expires that is made now.
   *
   * @param asked {@code 90d}, {@code 12h}, a day (its beginning in UTC) or a time with its offset,
   *     {@code 2027-06-30T12:00:00Z}; empty for the default
   * @throws IllegalArgumentException for another form, the past, or more than the longest time
   */
  public static Instant of(Optional<String> asked, Instant now) {
    Instant expires =
        asked
            .map(text -> parse(text, now))
            .orElse(now.plus(DEFAULT))
            .truncatedTo(ChronoUnit.SECONDS);
    if (!expires.isAfter(now) || expires.isAfter(now.plus(MOST))) {
      throw new IllegalArgumentException(
          "a token that expires at %s is refused: it is now %s, and a token is valid for at most %d days"
              .formatted(expires, now.truncatedTo(ChronoUnit.SECONDS), MOST.toDays()));
    }
    return expires;
  }

  private static Instant parse(String text, Instant now) {
    Matcher span = SPAN.matcher(text);
    if (span.matches()) {
      long count = Long.parseLong(span.group(1));
      return now.plus(count, span.group(2).equals("h") ? ChronoUnit.HOURS : ChronoUnit.DAYS);
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no time of expiry: write 90d, 12h, 2027-06-30 or 2027-06-30T12:00:00Z"
              .formatted(text),
          e);
    }
  }
}
