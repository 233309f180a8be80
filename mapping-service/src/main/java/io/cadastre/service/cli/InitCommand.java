/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.registry.OfflineCommands;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code init CONFIG [--new-ledger]}: creates the ledger, which no start does (decision 0017).
 * Where there is one it changes nothing and succeeds.
 */
public final class InitCommand extends Command {
  /** The command. */
  public InitCommand() {
    super("init", "Create the ledger, once, before the first start");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("config").metavar("CONFIG").help("the service's configuration file");
    parser
        .addArgument("--new-ledger")
        .dest("newLedger")
        .action(Arguments.storeTrue())
        .help("although the directory holds entries of an earlier ledger");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    boolean newLedger = arguments.getBoolean("newLedger");
    CadastreConfiguration configuration =
        OfflineLedger.configuration(bootstrap, arguments.getString("config"));
    String command =
        "init %s%s".formatted(ShellWord.of(configuration.file()), newLedger ? " --new-ledger" : "");
    LedgerFolder.requireWritable(configuration, command);
    if (OfflineLedger.exists(configuration)) {
      Output.notice("the ledger is there already; nothing was changed");
      return;
    }
    if (!newLedger && configuration.directory().isPresent()) {
      refuseEntries(configuration);
    }
    OfflineLedger.openOrCreate(
        configuration,
        command,
        ledger ->
            Output.notice(
                "created ledger %s; the first start records the pools"
                    .formatted(ledger.head().uuid())));
  }

  private static void refuseEntries(CadastreConfiguration configuration) {
    try (Directory directory = ConfiguredDirectory.open(configuration)) {
      long ours = OfflineCommands.publishedEntries(directory);
      if (ours > 0) {
        String file = ShellWord.of(configuration.file());
        throw new CommandFailed(
            CommandStatus.REFUSED,
            "no ledger was created: the directory holds %1$d entries of an earlier one, whose ranges a new ledger would not know as its own. To make the ledger from them, run: cadastre rebuild-from-directory %2$s - or from an export of its events: cadastre events replay %2$s events.ndjson - or, to give those ranges up: cadastre init %2$s --new-ledger"
                .formatted(ours, file));
      }
    }
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
