/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * An option handed to the storage driver.
 *
 * @param name with its prefix, where the edition gives it one: {@code overlay.mountopt}
 * @param value its text
 * @param place where it was said
 */
public record DriverOption(String name, String value, SettingPlace place) {
  /** The value of an option of STORAGE_OPTS that has no "=": no driver takes it. */
  static final String NO_VALUE = "\0";

  /** Whether it is of the form NAME=VALUE. */
  boolean hasValue() {
    return !value.equals(NO_VALUE);
  }
}
