/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.registry.OfflineCommands;
import io.cadastre.service.registry.OfflineCommands.Work;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;

/**
 * Opens a ledger that no service has open, for the commands that need one. They must run as the
 * owner of its folder.
 */
final class OfflineLedger {
  private OfflineLedger() {}

  /** The configuration of this file, checked as for a start. */
  static CadastreConfiguration configuration(Bootstrap<?> bootstrap, String file)
      throws ConfigurationException {
    CadastreConfiguration configuration = read(bootstrap, file);
    configuration.readFrom(file);
    configuration.check();
    return configuration;
  }

  /** Whether there is a ledger. Changes nothing. */
  static boolean exists(CadastreConfiguration configuration) {
    return OfflineCommands.exists(configuration.ledger());
  }

  /**
   * Opens the ledger, does the work and closes it.
   *
   * @param command the command that root is told to run as the owner of the ledger's folder
   */
  static void open(CadastreConfiguration configuration, String command, Work work)
      throws Exception {
    LedgerFolder.requireWritable(configuration, command);
    OfflineCommands.open(configuration.ledger(), work);
  }

  /** The same for a ledger that is created if there is none. */
  static void openOrCreate(CadastreConfiguration configuration, String command, Work work)
      throws Exception {
    LedgerFolder.requireWritable(configuration, command);
    OfflineCommands.openOrCreate(configuration.ledger(), work);
  }

  /** The same for a ledger that its first event creates: work that is cut short leaves none. */
  static void prepare(CadastreConfiguration configuration, String command, Work work)
      throws Exception {
    LedgerFolder.requireWritable(configuration, command);
    OfflineCommands.prepare(configuration.ledger(), work);
  }

  /** Prints a notice if the ledger remembers no real IDs. */
  static void sayIfNothingIsRemembered(OfflineCommands ledger) {
    if (ledger.remembersNoIds()) {
      Output.notice(
          "the ledger remembers no real IDs. Until the next read of the directory, IDs of removed accounts do not block new ranges (identity.realIdMemory).");
    }
  }

  private static CadastreConfiguration read(Bootstrap<?> bootstrap, String file)
      throws ConfigurationException {
    try {
      return new YamlConfigurationFactory<>(
              CadastreConfiguration.class,
              bootstrap.getValidatorFactory().getValidator(),
              bootstrap.getObjectMapper(),
              "dw")
          .build(bootstrap.getConfigurationSourceProvider(), file);
    } catch (IOException e) {
      throw new CommandFailed(
          CommandStatus.NO_INPUT, file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
