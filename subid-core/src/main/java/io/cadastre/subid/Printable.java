/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * Escapes text for a terminal or a log. Everything that comes from a file, the directory or the
 * service passes through here before people see it (docs/decisions/0044).
 *
 * <p>Escaped are control characters (C0, DEL, C1), line and paragraph separators, the characters
 * that change the direction of text, invisible ones, and lone surrogates: {@code \n}, {@code \r},
 * {@code \t}, otherwise <code>&#92;uXXXX</code>, above U+FFFF <code>&#92;UXXXXXXXX</code>. A
 * backslash is doubled, so that two different texts are never printed alike. All else stays as it
 * is.
 */
public final class Printable {
  private Printable() {}

  /** The text, escaped, in one line: its line ends are escaped too. */
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
   * A failure as {@link Throwable#printStackTrace()} writes it, every message of it escaped; ends
   * with a line end.
   */
  public static String trace(Throwable failure) {
    StringBuilder out = new StringBuilder();
    Throwable each = failure;
    // A chain may be a circle: nobody reads more causes than these.
    for (int depth = 0; each != null && depth < 50; depth++) {
      out.append(depth == 0 ? "" : "Caused by: ").append(of(each.toString())).append('\n');
      for (StackTraceElement frame : each.getStackTrace()) {
        out.append("\tat ").append(of(frame.toString())).append('\n');
      }
      each = each.getCause();
    }
    return out.toString();
  }

  /** ASCII that is neither control character nor backslash: nearly all that is ever printed. */
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

  /** Default_Ignorable_Code_Point beside the format characters (Unicode 15): shown as nothing. */
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
