/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Locale;
import java.util.Optional;

/**
 * The reason why every call of Podman fails with these settings.
 *
 * @param code the kind of mistake
 * @param reason what is wrong, with the value, in Podman's words if it has any
 * @param place the place of the mistake; empty if it has none, such as a missing file
 */
public record Refusal(Code code, String reason, Optional<SettingPlace> place) {
  /** The kinds of mistake. */
  public enum Code {
    /** The file is longer than the limit of these rules, which is not a limit of Podman. */
    TOO_LARGE,
    /** Not TOML, or not UTF-8. */
    SYNTAX,
    /** A value has another TOML type than the key. */
    WRONG_TYPE,
    /** A file that exists, or that the environment names, cannot be read. */
    UNREADABLE_FILE,
    /** A value does not parse: a boolean, a number, a mask. */
    UNPARSABLE_VALUE,
    /** Podman does not have the driver, or the driver does not work on this machine. */
    UNKNOWN_DRIVER,
    /** The driver does not know the option. */
    UNKNOWN_OPTION,
    /** A path does not exist, has the wrong kind, or is not absolute. */
    BAD_PATH,
    /** Two settings contradict each other. */
    CONFLICT;

    /** Returns the word for the code in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
