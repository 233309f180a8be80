/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.util.List;

/** Stops a start: the configuration has mistakes, each named with its path. */
public final class ConfigurationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with one line for each mistake. */
  public ConfigurationRefused(List<String> mistakes) {
    super("the configuration is refused:\n  * " + String.join("\n  * ", mistakes));
  }
}
