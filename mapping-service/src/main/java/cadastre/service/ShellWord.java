/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

/** A word of a command that a message prints, quoted so that it runs as printed in sh(1). */
public final class ShellWord {
  private ShellWord() {}

  /** The word, in single quotes where it needs them. */
  public static String of(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
