/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * Where a value was said.
 *
 * @param source a file's path, or the name of a variable of the environment
 * @param line the line in the file, from 1; 0 in the environment, which has no lines
 * @param table the TOML table, as {@code storage.options.overlay}; empty in the environment
 */
public record SettingPlace(String source, int line, String table) {
  /** The place of a value of the environment. */
  static SettingPlace environment(String variable) {
    return new SettingPlace(variable, 0, "");
  }

  /** Whether the value is in a file, not in the environment. */
  public boolean inFile() {
    return line > 0;
  }

  /** As a message names it: {@code /etc/containers/storage.conf:7} or {@code $STORAGE_OPTS}. */
  @Override
  public String toString() {
    return inFile() ? source + ":" + line : "$" + source;
  }
}
