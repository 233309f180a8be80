/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of uids.
 *
 * @param first the first uid, inclusive
 * @param last the last uid, inclusive
 */
public record UidRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})");
  private static final long MOST = 0xFFFF_FFFEL;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the last is before the first, or above 4294967294
   */
  public UidRange {
    if (first < 0 || last < first || last > MOST) {
      throw new IllegalArgumentException(
          "%d-%d is no range of uids: the first is at most the last, and that at most %d"
              .formatted(first, last, MOST));
    }
  }

  /**
   * Reads FIRST-LAST.
   *
   * @throws IllegalArgumentException for another form
   */
  public static UidRange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no range of uids: write FIRST-LAST, both inclusive".formatted(text));
    }
    return new UidRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
  }

  /** Returns whether it has this uid. */
  public boolean contains(long uid) {
    return first <= uid && uid <= last;
  }

  /** Returns FIRST-LAST. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
