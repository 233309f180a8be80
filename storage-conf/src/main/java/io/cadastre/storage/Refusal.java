/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Locale;
import java.util.Optional;

/**
 * Why every call of Podman fails with these settings.
 *
 * @param code the kind of mistake
 * @param reason what is wrong, with the value; where Podman has words for it, with those
 * @param place where it was said; empty for what is said nowhere, such as a missing file
 */
public record Refusal(Code code, String reason, Optional<SettingPlace> place) {
  /** The kinds of mistake. */
  public enum Code {
    /** The file is longer than the rules read: not Podman's own limit. */
    TOO_LARGE,
    /** Not TOML, or not UTF-8. */
    SYNTAX,
    /** A value of another TOML type than the key takes. */
    WRONG_TYPE,
    /** A file that the environment names, or that is there, cannot be read. */
    UNREADABLE_FILE,
    /** A text that does not parse: a boolean, a number, a mask. */
    UNPARSABLE_VALUE,
    /** A driver that Podman was not built with, or that does not work here. */
    UNKNOWN_DRIVER,
    /** An option that the driver does not know. */
    UNKNOWN_OPTION,
    /** A path that does not exist, is of the wrong kind, or is not absolute. */
    BAD_PATH,
    /** Settings that contradict each other. */
    CONFLICT;

    /** The code as JSON writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
