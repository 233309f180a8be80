/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * An option for the storage driver.
 *
 * @param name the name, with the prefix that the edition adds: {@code overlay.mountopt}
 * @param value the text of the value
 * @param place the place of the setting
 */
public record DriverOption(String name, String value, SettingPlace place) {
  /** The value of an option in STORAGE_OPTS without "=", which every driver refuses. */
  static final String NO_VALUE = "\0";

  /** Returns whether the option has the form NAME=VALUE. */
  boolean hasValue() {
    return !value.equals(NO_VALUE);
  }
}
