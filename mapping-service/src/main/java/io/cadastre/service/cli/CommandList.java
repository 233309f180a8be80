/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Command;
import java.util.List;
import java.util.stream.Stream;

/** All commands of {@code cadastre}, in the order of the help text. */
public final class CommandList {
  private CommandList() {}

  /** The commands of this application, those of Dropwizard included. */
  public static List<Command> all(Application<CadastreConfiguration> application) {
    return Stream.of(
            Stream.of(new StartCommand(application), new CheckConfigurationCommand(application)),
            ServiceCommand.all().stream(),
            Stream.of(
                new HealthCommand(),
                new TokenCommand(),
                new EventsCommand(),
                new RebuildCommand(),
                new InitCommand(),
                new LedgerCommand()))
        .<Command>flatMap(commands -> commands)
        .toList();
  }
}
