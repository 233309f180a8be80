/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A row of subuid(5) or subgid(5): {@code owner:start:count}.
 *
 * @param owner the first field: a login name or a uid in decimal
 * @param range the IDs
 */
public record SubidRow(String owner, IdRange range) {

  /** The row without a line end. */
  @Override
  public String toString() {
    return owner + ":" + range;
  }

  /**
   * The row that shadow reads in this line: three non-empty fields, the numbers in C notation
   * (strtoul with base 0: decimal, 0 octal, 0x hexadecimal). Anything else - a comment, a blank
   * line, white space in a field - is no row, and shadow passes over it.
   *
   * @param line without its line end
   */
  public static Optional<SubidRow> parse(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length != 3 || fields[0].isEmpty() || line.chars().anyMatch(c -> c <= ' ')) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SubidRow(fields[0], new IdRange(number(fields[1]), number(fields[2]))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long number(String text) {
    int radix = 10;
    String digits = text;
    if (text.startsWith("0x") || text.startsWith("0X")) {
      radix = 16;
      digits = text.substring(2);
    } else if (text.startsWith("0") && text.length() > 1) {
      radix = 8;
    }
    if (digits.isEmpty() || Character.digit(digits.charAt(0), radix) < 0) {
      throw new NumberFormatException("no digits in " + text);
    }
    return new BigInteger(digits, radix).longValueExact();
  }
}
