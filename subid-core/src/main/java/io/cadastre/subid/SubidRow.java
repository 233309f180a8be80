/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of subuid(5) or subgid(5): {@code owner:start:count}.
 *
 * @param owner the first field: a login name or a uid in decimal
 * @param range the IDs
 */
public record SubidRow(String owner, IdRange range) {
  /** Shadow skips a line of this many bytes or more. */
  private static final int LINE_LIMIT = 1024;

  /** ULONG_MAX: beyond it strtoul fails, and a negative number wraps around it. */
  private static final BigInteger ULONG_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private static final Pattern NUMBER =
      Pattern.compile("[ \\t\\x0B\\f\\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))");

  /** Returns the row without a line end. */
  @Override
  public String toString() {
    return owner + ":" + range;
  }

  /**
   * Returns the row that shadow reads in this line, as getsubids of shadow 4.13 prints it; empty if
   * shadow skips the line. A row has an owner and two numbers as strtoul(3) reads them with base 0:
   * decimal, octal after 0, hexadecimal after 0x, with white space and a sign before them. Further
   * fields do not matter. Comments, blank lines and lines with white space after a number are no
   * rows. IDs above {@link IdRange#MAX_ID} do not exist: a range ends there, and a row without any
   * ID below is no row: see {@link #overflows}.
   *
   * @param line the line without its end, one character for each byte
   */
  public static Optional<SubidRow> parse(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length < 3
        || fields[0].isEmpty()
        || line.length() >= LINE_LIMIT
        || line.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return number(fields[1])
        .flatMap(start -> number(fields[2]).flatMap(count -> range(start, count)))
        .map(range -> new SubidRow(fields[0], range));
  }

  /**
   * Returns whether shadow reads a row in this line whose IDs go beyond {@link IdRange#MAX_ID}.
   * getsubids prints its count, but newuidmap refuses it as a whole: "subuid overflow detected".
   *
   * @param line as for {@link #parse}
   */
  public static boolean overflows(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length < 3 || fields[0].isEmpty() || line.length() >= LINE_LIMIT) {
      return false;
    }
    return number(fields[1])
        .flatMap(start -> number(fields[2]).filter(c -> c.signum() > 0).map(start::add))
        .filter(end -> end.compareTo(BigInteger.valueOf(IdRange.MAX_ID + 1)) > 0)
        .isPresent();
  }

  private static Optional<IdRange> range(BigInteger start, BigInteger count) {
    BigInteger room = BigInteger.valueOf(IdRange.MAX_ID + 1).subtract(start);
    if (room.signum() <= 0 || count.signum() == 0) {
      return Optional.empty();
    }
    return Optional.of(new IdRange(start.longValueExact(), room.min(count).longValueExact()));
  }

  private static Optional<BigInteger> number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigInteger value;
    if (matcher.group(2) != null) {
      value = new BigInteger(matcher.group(2), 16);
    } else if (matcher.group(3) != null) {
      value = new BigInteger(matcher.group(3), 8);
    } else {
      value = new BigInteger(matcher.group(4), 10);
    }
    if (value.compareTo(ULONG_MAX) > 0) {
      return Optional.empty();
    }
    return Optional.of(matcher.group(1).equals("-") ? value.negate().and(ULONG_MAX) : value);
  }
}
