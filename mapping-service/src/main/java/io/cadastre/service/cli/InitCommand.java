/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.registry.RebuildSource;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.util.List;
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
    try (RebuildSource source = RebuildSource.open(configuration)) {
      long ours = source.count();
      if (ours > 0) {
        String file = ShellWord.of(configuration.file());
        Output.complaint(
            List.of(
                "no ledger was created: the directory holds %d entries of an earlier ledger"
                    .formatted(ours),
                "  from the entries: cadastre rebuild-from-directory " + file,
                "  from an export: cadastre events replay %s events.ndjson".formatted(file),
                "  without them: cadastre init %s --new-ledger".formatted(file)));
        throw new CommandFailed(CommandStatus.REFUSED, "");
      }
    }
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
