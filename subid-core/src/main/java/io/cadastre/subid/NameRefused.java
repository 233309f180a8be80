/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * Thrown for a name that breaks the rule of {@link OwnerName}. The message shows the name in
 * printable ASCII without backslashes, so that {@link Printable} leaves it as it is.
 */
public final class NameRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  NameRefused(String name, String why) {
    super(
        "the name \"%s\" is refused: %s. A name is 1 to %d bytes of UTF-8 without white space, control characters, ':', '#' or '/', not beginning with '-', '+', '!' or '.', and not all digits."
            .formatted(shown(name), why, OwnerName.MAX_BYTES));
  }

  /**
   * Returns the name in printable ASCII and cut short: a name must not forge a message or a log
   * line.
   */
  private static String shown(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7F && c != '"') {
                out.append((char) c);
              } else {
                out.append("<U+%04X>".formatted(c));
              }
            });
    return name.codePointCount(0, name.length()) > SHOWN ? out + "..." : out.toString();
  }
}
