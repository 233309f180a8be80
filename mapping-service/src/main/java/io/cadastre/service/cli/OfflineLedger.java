/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.codahale.metrics.MetricRegistry;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.database.LedgerSource;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.OfflineCommands;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Opens a ledger that no service has open, for the commands that fill one or look after its file.
 * They run as the owner of that file.
 */
final class OfflineLedger {
  private OfflineLedger() {}

  /** The work of a command with the ledger. */
  interface Work {
    /** Runs it. */
    void run(OfflineCommands ledger) throws Exception;
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
   * Opens the ledger, runs the work and closes it.
   *
   * @param command what root is told to run as the owner of the ledger's folder
   */
  static void open(CadastreConfiguration configuration, String command, Work work)
      throws Exception {
    run(configuration, command, Ledger::open, work);
  }

  /** The same for a ledger that is created if there is none. */
  static void openOrCreate(CadastreConfiguration configuration, String command, Work work)
      throws Exception {
    run(configuration, command, Ledger::openOrCreate, work);
  }

  /** The same for a ledger that its first event creates: work that is cut short leaves none. */
  static void prepare(CadastreConfiguration configuration, String command, Work work)
      throws Exception {
    run(configuration, command, Ledger::prepare, work);
  }

  private static void run(
      CadastreConfiguration configuration,
      String command,
      Function<DataSource, Ledger> opening,
      Work work)
      throws Exception {
    LedgerFolder.requireWritable(configuration, command);
    run(LedgerSource.creating(configuration.ledger(), new MetricRegistry()), opening, work);
  }

  /** Runs the work on a new ledger in memory, which is then forgotten: for dry runs. */
  static void scratch(Work work) throws Exception {
    DataSourceFactory memory = new DataSourceFactory();
    memory.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    memory.setUser("dry-run");
    run(LedgerSource.creating(memory, new MetricRegistry()), Ledger::openOrCreate, work);
  }

  private static void run(ManagedDataSource source, Function<DataSource, Ledger> opening, Work work)
      throws Exception {
    try {
      work.run(new OfflineCommands(opening.apply(source)));
    } finally {
      source.stop();
    }
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
