/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * What the driver does when a chown fails while it unpacks a layer.
 *
 * @param value whether the driver ignores the failure
 * @param option the option that the driver reads, such as {@code overlay.ignore_chown_errors};
 *     empty if it reads none
 * @param place the place of that option
 */
public record IgnoreChownErrors(
    boolean value, Optional<String> option, Optional<SettingPlace> place) {
  static final String KEY = "ignore_chown_errors";

  /** The driver reads no such option. */
  static final IgnoreChownErrors NONE =
      new IgnoreChownErrors(false, Optional.empty(), Optional.empty());
}
