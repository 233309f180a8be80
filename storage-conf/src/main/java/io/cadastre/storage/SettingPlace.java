/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * The place of a setting: a line of a file, or a variable of the environment.
 *
 * @param source the path of the file, or the name of the variable
 * @param line the line in the file, from 1; 0 for the environment
 * @param table the TOML table, as {@code storage.options.overlay}; empty in the environment
 */
public record SettingPlace(String source, int line, String table) {
  /** Returns the place of a variable of the environment. */
  static SettingPlace environment(String variable) {
    return new SettingPlace(variable, 0, "");
  }

  /** Returns whether the place is in a file. */
  public boolean inFile() {
    return line > 0;
  }

  /**
   * Returns the place for a message: {@code /etc/containers/storage.conf:7} or {@code
   * $STORAGE_OPTS}.
   */
  @Override
  public String toString() {
    return inFile() ? source + ":" + line : "$" + source;
  }
}
