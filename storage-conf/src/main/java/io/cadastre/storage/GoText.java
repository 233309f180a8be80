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

/** Texts as Go's strconv and docker's go-units read and write them. */
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

  /** strings.TrimSpace: of Unicode's White_Space, which has what Java's strip() has not. */
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

  /** strconv.ParseBool. */
  static Optional<Boolean> bool(String text) {
    if (TRUE.contains(text)) {
      return Optional.of(true);
    }
    return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
  }

  /** Whether strconv.ParseInt(text, 8, 32) reads it. */
  static boolean isOctal(String text) {
    return text.matches("[+-]?[0-7]{1,99}") && new BigInteger(text, 8).bitLength() < Integer.SIZE;
  }

  /** What strconv.ParseUint(text, 10, 64) reads. */
  static Optional<BigInteger> count(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,99}"))
        .map(BigInteger::new)
        .filter(number -> number.bitLength() <= Long.SIZE);
  }

  /** What go-units reads as a size, {@code 10G}, in bytes. */
  static Optional<BigInteger> size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    int power = UNITS.indexOf(size.group(2).toLowerCase(Locale.ROOT));
    return Optional.of(
        new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1024).pow(power)).toBigInteger());
  }

  /** A mode as Go's os.FileMode prints it: {@code -rwxr-xr-x}. */
  static String fileMode(long mode) {
    String letters = "rwxrwxrwx";
    StringBuilder out = new StringBuilder("-");
    for (int i = 0; i < letters.length(); i++) {
      out.append((mode & (1L << (8 - i))) != 0 ? letters.charAt(i) : '-');
    }
    return out.toString();
  }

  /** The text in Go's quotes, for a message. */
  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
