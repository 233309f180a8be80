/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * A value that a file says for a key the edition knows.
 *
 * @param name the key with its table, in the edition's spelling: {@code storage.options.size}
 * @param value its text, a number in decimal; of a list, one element
 * @param place where it is
 */
record TomlEntry(String name, String value, SettingPlace place) {
  /** The last part of the name. */
  String key() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The value with its place. */
  Setting setting() {
    return new Setting(value, Optional.of(place));
  }

  /** What Go takes for a value that is not there: an empty text, a mask of zero. */
  boolean blank() {
    return value.isEmpty() || (value.equals("0") && name.equals(KnownKeys.FORCE_MASK));
  }
}
