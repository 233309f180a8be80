/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.IdMappingWarnings;
import io.cadastre.service.config.NameCase;
import io.cadastre.service.database.MissingLedger;
import io.cadastre.service.registry.ConfiguredDirectory;
import io.cadastre.service.registry.DirectoryTrial;
import io.cadastre.service.registry.PoolClaims;
import io.cadastre.subid.Severity;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;

/**
 * {@code check CONFIG}: checks the configuration as a start would, and whether the ledger exists.
 * Warns of the claims of other programs that a pool crosses. Reads the accounts of the directory if
 * it answers, and says how many there are. Creates nothing.
 */
public final class CheckConfigurationCommand extends CheckCommand<CadastreConfiguration> {
  /** The command of this application. */
  public CheckConfigurationCommand(Application<CadastreConfiguration> application) {
    super(application);
  }

  @Override
  protected void run(
      Bootstrap<CadastreConfiguration> bootstrap,
      Namespace namespace,
      CadastreConfiguration configuration)
      throws Exception {
    configuration.readFrom(namespace.getString("file"));
    configuration.check();
    PoolClaims.warnings(configuration.pools(), configuration.acceptedClaims())
        .forEach(Output::notice);
    configuration.directory().ifPresent(ConfiguredDirectory::requireCertificates);
    IdMappingWarnings.of(configuration).forEach(line -> Output.line("warning: " + line));
    MissingLedger.refuse(configuration.ledger(), configuration.file());
    super.run(bootstrap, namespace, configuration);
    configuration
        .directory()
        .ifPresent(settings -> tryDirectory(settings, configuration.identity().names()));
  }

  private static void tryDirectory(DirectoryConfiguration directory, NameCase nameCase) {
    DirectoryTrial trial = DirectoryTrial.run(directory, nameCase);
    Output.notice(trial.summary());
    trial.findings().forEach(finding -> Output.line(Lines.finding(finding)));
    if (trial.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
      throw new CommandFailed(CommandStatus.REFUSED, "");
    }
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
