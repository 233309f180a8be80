/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A value in a file that has no effect for this user.
 *
 * @param key the last part of the name, such as {@code ignore_chown_errors}
 * @param value the text, in TOML's notation unless it is a string
 * @param place the place of the value, with its table
 * @param why the reason
 */
public record UnusedSetting(String key, String value, SettingPlace place, Why why) {
  /** The reason why a value has no effect. */
  public enum Why {
    /** The table has no such key: it is misspelt, in the wrong table, or of another edition. */
    UNKNOWN_KEY,
    /** The value is in the table of another driver. */
    OTHER_DRIVER,
    /** Another table, a later file or the environment overrides the value. */
    OVERRIDDEN,
    /** The value is in a system file, which does not give this setting to rootless users. */
    NOT_FOR_USERS,
    /** The value is an empty text or a zero, which Go treats as absent. */
    EMPTY
  }
}
