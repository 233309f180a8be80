/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.IdRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a range of IDs that an admin writes. */
final class GivenRange {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,10})(?:([-:])([0-9]{1,10}))?");

  private GivenRange() {}

  /**
   * The range.
   *
   * @param text {@code FIRST-LAST}, both inclusive, {@code START:COUNT}, or one ID
   * @throws Refused if the text has another form, or the range leaves the ID space
   */
  static IdRange parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      long first = Long.parseLong(matcher.group(1));
      long number = matcher.group(3) == null ? first : Long.parseLong(matcher.group(3));
      long last = ":".equals(matcher.group(2)) ? first + number - 1 : number;
      if (first <= last && last <= IdRange.MAX_ID) {
        return IdRange.between(first, last);
      }
    }
    throw new Refused(
        RefusalCode.BAD_REQUEST,
        "\"%s\" is not a range of IDs: write FIRST-LAST, from 0 to %d, as in 1001062400-1001127935, or START:COUNT"
            .formatted(text, IdRange.MAX_ID));
  }
}
