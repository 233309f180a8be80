/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes values as Go's strconv and docker's go-units do. */
final class GoText {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,99}(?:\\.[0-9]{1,99})?) ?([kKmMgGtTpP]?)[iI]?[bB]?");
  private static final List<String> UNITS = List.of("", "k", "m", "g", "t", "p");

  private static final String SPACE =
      "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
          + "\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

  private GoText() {}

  /**
   * Trims as strings.TrimSpace does: Unicode's White_Space has characters that Java's strip()
   * keeps.
   */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && SPACE.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && SPACE.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Parses as strconv.ParseBool does; empty if that fails. */
  static Optional<Boolean> bool(String text) {
    if (TRUE.contains(text)) {
      return Optional.of(true);
    }
    return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
  }

  /** Returns whether strconv.ParseInt(text, 8, 32) succeeds. */
  static boolean isOctal(String text) {
    return text.matches("[+-]?[0-7]{1,99}") && new BigInteger(text, 8).bitLength() < Integer.SIZE;
  }

  /** Parses as strconv.ParseUint(text, 10, 64) does; empty if that fails. */
  static Optional<BigInteger> count(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,99}"))
        .map(BigInteger::new)
        .filter(number -> number.bitLength() <= Long.SIZE);
  }

  /** Parses a size such as {@code 10G} as go-units does, in bytes; empty if that fails. */
  static Optional<BigInteger> size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    int power = UNITS.indexOf(size.group(2).toLowerCase(Locale.ROOT));
    return Optional.of(
        new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1024).pow(power)).toBigInteger());
  }

  /** Returns a mode as Go's os.FileMode prints it: {@code -rwxr-xr-x}. */
  static String fileMode(long mode) {
    String letters = "rwxrwxrwx";
    StringBuilder out = new StringBuilder("-");
    for (int i = 0; i < letters.length(); i++) {
      out.append((mode & (1L << (8 - i))) != 0 ? letters.charAt(i) : '-');
    }
    return out.toString();
  }

  /** Returns the text in Go's quotes, for a message. */
  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
