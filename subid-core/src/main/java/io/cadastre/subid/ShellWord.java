/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.regex.Pattern;

/**
 * Quotes a word for a command in a message, so that the command runs as {@link Printable} prints
 * it. Names and DNs come from other people: without quotes they could run commands in an admin's
 * shell, and Printable would double a backslash within the quotes.
 */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ShellWord() {}

  /**
   * Returns the word with the quotes that it needs. A word that {@link Printable} escapes gets
   * {@code $'...'}, in which bash(1) reads the escapes; all other words work in any shell.
   */
  public static String of(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    String open = Printable.of(word).equals(word) ? "'" : "$'";
    return open + word.replace("'", "'\"'\"" + open) + "'";
  }
}
