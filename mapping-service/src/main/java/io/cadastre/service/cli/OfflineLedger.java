/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.codahale.metrics.MetricRegistry;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.database.LedgerSource;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A ledger that no service has open, for the commands that write one from scratch or look after its
 * file. They run as the owner of that file.
 */
final class OfflineLedger {
  private OfflineLedger() {}

  /** What is done with a ledger. */
  interface Work {
    void with(Ledger ledger) throws Exception;
  }

  /** How a ledger is opened. */
  interface Opening {
    Ledger of(DataSource source);
  }

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
    return LedgerSource.peek(configuration.ledger(), Ledger::exists);
  }

  /**
   * Opens the ledger, creating its database if need be, works, and closes it.
   *
   * @param command what root is told to run as the owner of the ledger's folder
   */
  static void open(CadastreConfiguration configuration, String command, Opening opening, Work work)
      throws Exception {
    FolderOwner.require(configuration, command);
    ManagedDataSource source = LedgerSource.creating(configuration.ledger(), new MetricRegistry());
    try {
      work.with(opening.of(source));
    } finally {
      source.stop();
    }
  }

  /** Says of a ledger that was just filled that it remembers no real ID. */
  static void sayIfNothingIsRemembered(Ledger ledger) {
    if (ledger.read(LedgerQueries::remembersNoIds)) {
      Output.notice(
          "the memory of real IDs is empty: the ID of an account or group that is gone before the next read of the directory keeps no range away (identity.realIdMemory)");
    }
  }

  /** A new ledger in memory, which is then forgotten: for dry runs. */
  static void scratch(Consumer<Ledger> work) throws Exception {
    DataSourceFactory memory = new DataSourceFactory();
    memory.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    memory.setUser("dry-run");
    ManagedDataSource source = LedgerSource.creating(memory, new MetricRegistry());
    try {
      work.accept(Ledger.openOrCreate(source));
    } finally {
      source.stop();
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
