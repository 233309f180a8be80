/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code server CONFIG}: starts the service. */
public final class StartCommand extends ServerCommand<CadastreConfiguration> {
  /** The command of this application. */
  public StartCommand(Application<CadastreConfiguration> application) {
    super(application);
  }

  @Override
  protected void run(
      Bootstrap<CadastreConfiguration> bootstrap,
      Namespace namespace,
      CadastreConfiguration configuration)
      throws Exception {
    configuration.readFrom(namespace.getString("file"));
    super.run(bootstrap, namespace, configuration);
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
