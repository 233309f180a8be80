/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.CadastreConfiguration;
import cadastre.service.LedgerSource;
import cadastre.service.ledger.Ledger;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.ManagedDataSource;
import java.io.IOException;
import java.util.function.BiConsumer;

/** A ledger that no service has open, for the commands that write one from scratch. */
final class IdleLedger {
  private IdleLedger() {}

  /** Opens the ledger of a configuration file, works, and closes it. */
  static void open(
      Bootstrap<?> bootstrap, String file, BiConsumer<CadastreConfiguration, Ledger> work)
      throws Exception {
    CadastreConfiguration configuration = configuration(bootstrap, file);
    configuration.check();
    ManagedDataSource source = LedgerSource.of(configuration, bootstrap.getMetricRegistry());
    source.start();
    try {
      work.accept(configuration, Ledger.open(source));
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
