/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.failure.ConfigurationRefused;
import java.time.Clock;
import java.util.List;

/** Opens the directory that a configuration describes. */
public final class ConfiguredDirectory {
  private ConfiguredDirectory() {}

  /**
   * Opens the directory; the caller closes it.
   *
   * @throws ConfigurationRefused if its configuration is not valid
   */
  public static Directory open(DirectoryConfiguration settings, NameCase nameCase, Clock clock) {
    try {
      return Directory.open(settings, nameCase, clock);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationRefused(List.of("directory: " + e.getMessage()));
    }
  }

  /**
   * Returns if the files of trusted certificates hold certificates. Connects to nothing.
   *
   * @throws ConfigurationRefused if one does not
   */
  public static void requireCertificates(DirectoryConfiguration settings) {
    try {
      Directory.requireCertificates(settings);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationRefused(List.of("directory: " + e.getMessage()));
    }
  }
}
