/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** The published entries of the configured directory, for commands that work without a service. */
public final class RebuildSource implements AutoCloseable {
  private final CadastreConfiguration configuration;
  private final Directory directory;

  private RebuildSource(CadastreConfiguration configuration, Directory directory) {
    this.configuration = configuration;
    this.directory = directory;
  }

  /**
   * Opens the directory; the caller closes it.
   *
   * @throws ConfigurationRefused if none is configured, or its configuration is not valid
   */
  public static RebuildSource open(CadastreConfiguration configuration) {
    return new RebuildSource(
        configuration,
        ConfiguredDirectory.open(
            configuration
                .directory()
                .orElseThrow(
                    () ->
                        new ConfigurationRefused(
                            List.of("directory: is missing: nothing to read"))),
            configuration.identity().names(),
            Clock.systemUTC()));
  }

  /**
   * Counts the entries that an earlier ledger published, unreadable ones included.
   *
   * @throws Unavailable if the directory does not answer to the end
   */
  public long count() {
    directory.publish().ensureContainers();
    return directory.publish().entries().stream().filter(RebuildSource::isOurs).count();
  }

  private static boolean isOurs(PublishedEntry entry) {
    return !(entry instanceof PublishedEntry.Foreign foreign) || foreign.finding().isPresent();
  }

  /**
   * Records the configured pools in a ledger and adopts all entries.
   *
   * @param acceptedSerial the serial up to which the entries are accepted
   */
  public Adopted rebuild(OfflineCommands ledger, OptionalLong acceptedSerial) {
    return ledger.rebuild(
        directory,
        configuration.pools(),
        AdmissionRules.of(configuration.reservedNames(), configuration.acceptedClaims()),
        acceptedSerial);
  }

  @Override
  public void close() {
    directory.close();
  }
}
