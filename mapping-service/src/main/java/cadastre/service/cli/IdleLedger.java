/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.CadastreConfiguration;
import cadastre.service.LedgerSource;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/** A ledger that no service has open, for the commands that write one from scratch. */
final class IdleLedger {
  private IdleLedger() {}

  /** What is done with an open ledger. */
  interface Work {
    void of(CadastreConfiguration configuration, Ledger ledger) throws Exception;
  }

  /** Opens the ledger of a configuration file, works, and closes it. */
  static void open(Bootstrap<?> bootstrap, String file, Work work) throws Exception {
    CadastreConfiguration configuration = configuration(bootstrap, file);
    configuration.check();
    ManagedDataSource source =
        LedgerSource.of(configuration.ledger(), bootstrap.getMetricRegistry());
    source.start();
    try {
      work.of(configuration, Ledger.open(source));
    } finally {
      source.stop();
    }
  }

  /** Says of a ledger that was just filled that it remembers no real ID. */
  static void sayIfNothingIsRemembered(Ledger ledger) {
    if (ledger.read(LedgerReader::remembersNoIds)) {
      System.err.println(
          "the memory of real IDs is empty: the ID of an account or group that is gone before the next read of the directory keeps no range away (identity.realIdMemory)");
    }
  }

  /** A new ledger in memory, which is then forgotten: for dry runs. */
  static void scratch(Consumer<Ledger> work) throws Exception {
    DataSourceFactory memory = new DataSourceFactory();
    memory.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    memory.setUser("dry-run");
    ManagedDataSource source = LedgerSource.of(memory, new MetricRegistry());
    source.start();
    try {
      work.accept(Ledger.open(source));
    } finally {
      source.stop();
    }
  }

  private static CadastreConfiguration configuration(Bootstrap<?> bootstrap, String file)
      throws ConfigurationException {
    try {
      return new YamlConfigurationFactory<>(
              CadastreConfiguration.class,
              bootstrap.getValidatorFactory().getValidator(),
              bootstrap.getObjectMapper(),
              "dw")
          .build(bootstrap.getConfigurationSourceProvider(), file);
    } catch (IOException e) {
      throw new CommandFailed(ExitStatus.NO_INPUT, file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
