/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid.storage;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts as Go's strconv and docker's go-units read and write them. */
final class GoText {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
  private static final Pattern SIZE =
      Pattern.compile("(\\d+(?:\\.\\d+)*) ?(?:[kKmMgGtTpP]?[iI]?[bB]?)");

  private GoText() {}

  /** strconv.ParseBool. */
  static Optional<Boolean> bool(String text) {
    if (TRUE.contains(text)) {
      return Optional.of(true);
    }
    return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
  }

  /** Whether strconv.ParseInt(text, 8, 32) reads it. */
  static boolean isOctal(String text) {
    return text.matches("[+-]?[0-7]{1,10}");
  }

  /** Whether strconv.ParseUint(text, 10, 64) reads it. */
  static boolean isCount(String text) {
    return text.matches("[0-9]{1,19}");
  }

  /** Whether go-units reads it as a size, {@code 10G}. */
  static boolean isSize(String text) {
    return SIZE.matcher(text).matches();
  }

  /** Whether a number or size is other than zero. */
  static boolean isPositive(String text) {
    return text.chars().anyMatch(c -> c >= '1' && c <= '9');
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
