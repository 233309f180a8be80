/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * What the driver in force will do about a chown that fails while a layer is unpacked.
 *
 * @param value whether it goes on
 * @param option the option that it reads, as {@code overlay.ignore_chown_errors}; empty when none
 *     reaches it
 * @param place where that option was said
 */
public record IgnoreChownErrors(
    boolean value, Optional<String> option, Optional<SettingPlace> place) {
  static final String KEY = "ignore_chown_errors";

  /** No option reaches the driver. */
  static final IgnoreChownErrors NONE =
      new IgnoreChownErrors(false, Optional.empty(), Optional.empty());
}
