/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.failure;

import java.util.List;

/** The configuration cannot be run with; every mistake is named with its path. Stops a start. */
public final class ConfigurationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One line for each mistake. */
  public ConfigurationRefused(List<String> mistakes) {
    super("the configuration is refused:\n  * " + String.join("\n  * ", mistakes));
  }
}
