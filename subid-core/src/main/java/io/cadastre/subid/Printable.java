/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * Escapes text for a terminal or a log. Text from a file, the directory or the service is escaped
 * before it is shown (docs/decisions/0044).
 *
 * <p>It escapes control characters (C0, DEL, C1), line and paragraph separators, characters that
 * change the direction of text, invisible characters and lone surrogates: as {@code \n}, {@code
 * \r}, {@code \t}, otherwise as <code>&#92;uXXXX</code>, above U+FFFF as <code>&#92;UXXXXXXXX
 * </code>. It doubles a backslash, so that two different texts never look alike. All other
 * characters stay.
 */
public final class Printable {
  private Printable() {}

  /** Returns the escaped text in one line: line ends are escaped too. */
  public static String of(String text) {
    int at = 0;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
    while (at < text.length()) {
      int point = text.codePointAt(at);
      append(out, point);
      at += Character.charCount(point);
    }
    return out.toString();
  }

  /**
   * Returns the stack trace as {@link Throwable#printStackTrace()} writes it, with all messages
   * escaped. It ends with a line end.
   */
  public static String trace(Throwable failure) {
    StringBuilder out = new StringBuilder();
    Throwable each = failure;
    // The chain of causes may be a cycle.
    for (int depth = 0; each != null && depth < 50; depth++) {
      out.append(depth == 0 ? "" : "Caused by: ").append(of(each.toString())).append('\n');
      for (StackTraceElement frame : each.getStackTrace()) {
        out.append("\tat ").append(of(frame.toString())).append('\n');
      }
      each = each.getCause();
    }
    return out.toString();
  }

  /**
   * Returns whether the character is ASCII and neither a control character nor a backslash, as
   * nearly all are.
   */
  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7F && c != '\\';
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isHarmless(point)) {
          out.appendCodePoint(point);
        } else {
          hex(out.append(point > 0xFFFF ? "\\U" : "\\u"), point, point > 0xFFFF ? 8 : 4);
        }
      }
    }
  }

  private static void hex(StringBuilder out, int point, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit(point >> shift & 0xF, 16));
    }
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isIgnorable(point);
    };
  }

  /**
   * Returns whether the character is invisible: Default_Ignorable_Code_Point without the format
   * characters (Unicode 15).
   */
  private static boolean isIgnorable(int point) {
    return point == 0x034F
        || (point >= 0x115F && point <= 0x1160)
        || (point >= 0x17B4 && point <= 0x17B5)
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2065
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0
        || (point >= 0xFFF0 && point <= 0xFFF8)
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }
}
