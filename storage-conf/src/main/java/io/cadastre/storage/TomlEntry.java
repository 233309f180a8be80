/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * A value in a file for a key of the edition.
 *
 * @param name the key with its table, in the spelling of the edition: {@code storage.options.size}
 * @param value the text, in decimal for a number; one element of a list
 * @param place the place of the value
 */
record TomlEntry(String name, String value, SettingPlace place) {
  /** Returns the last part of the name. */
  String key() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns the value with its place. */
  Setting setting() {
    return new Setting(value, Optional.of(place));
  }

  /** Returns whether Go treats the value as absent: an empty text, or a mask of zero. */
  boolean blank() {
    return value.isEmpty() || (value.equals("0") && name.equals(KnownKeys.FORCE_MASK));
  }
}
