/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.Census;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.subid.Finding;
import java.time.Clock;
import java.util.List;

/**
 * One read of the accounts of a configured directory, to see what the configuration finds there.
 *
 * @param summary the counts, or why there are none
 * @param findings what does not fit; an error means that no account gets a range
 */
public record DirectoryTrial(String summary, List<Finding> findings) {
  /**
   * Reads all accounts. Does not start an embedded directory, whose accounts are the service's.
   *
   * @throws io.cadastre.service.failure.ConfigurationRefused if a file that the configuration names
   *     is wrong
   */
  public static DirectoryTrial run(DirectoryConfiguration settings, NameCase nameCase) {
    if (settings.mode() == DirectoryConfiguration.Mode.EMBEDDED) {
      return new DirectoryTrial("the directory is embedded: its accounts were not read", List.of());
    }
    try (Directory directory = ConfiguredDirectory.open(settings, nameCase, Clock.systemUTC())) {
      Census census = directory.identity().readAll().census();
      return new DirectoryTrial(census.summary(), census.findings());
    } catch (DirectoryUnavailable e) {
      return new DirectoryTrial("the accounts were not read: " + e.getMessage(), List.of());
    }
  }
}
