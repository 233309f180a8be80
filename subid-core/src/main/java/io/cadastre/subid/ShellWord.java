/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.regex.Pattern;

/**
 * Writes a word for a command in a message, so that the command runs as {@link Printable} prints it
 * for people. Names and DNs are the text of others: without quotes they would be commands in an
 * admin's shell, and a backslash in the quotes would be doubled on the way to the terminal.
 */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ShellWord() {}

  /**
   * The word, in the quotes that it needs. A word that {@link Printable} escapes is in {@code
   * $'...'}, where bash(1) undoes its escapes; all others are for any shell.
   */
  public static String of(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    String open = Printable.of(word).equals(word) ? "'" : "$'";
    return open + word.replace("'", "'\"'\"" + open) + "'";
  }
}
