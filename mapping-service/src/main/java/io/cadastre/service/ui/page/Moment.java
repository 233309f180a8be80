/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** A moment as people read it: ISO 8601 in UTC, to the second. */
public final class Moment {
  private Moment() {}

  /** A moment without its fraction of a second. */
  public static String of(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same for a text; one of another form stays as it is. */
  public static String of(String moment) {
    try {
      return of(Instant.parse(moment));
    } catch (DateTimeParseException e) {
      return moment;
    }
  }
}
