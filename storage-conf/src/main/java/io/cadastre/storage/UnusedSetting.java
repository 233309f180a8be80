/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A value that somebody wrote and that has no effect on this user.
 *
 * @param key the last part of its name, as {@code ignore_chown_errors}
 * @param value its text, as TOML writes it where it is no string
 * @param place where it was said; its table is there
 * @param why why it does not count
 */
public record UnusedSetting(String key, String value, SettingPlace place, Why why) {
  /** Why a value does not count. */
  public enum Why {
    /** No such key in this table: misspelt, in the wrong table, or of another edition. */
    UNKNOWN_KEY,
    /** In the table of a driver that is not in force. */
    OTHER_DRIVER,
    /** Said again by something that is stronger: another table, a later file, the environment. */
    OVERRIDDEN,
    /** In a file of the system's that gives a rootless user no such setting. */
    NOT_FOR_USERS,
    /** An empty text, a zero: as if it were not there. */
    EMPTY
  }
}
