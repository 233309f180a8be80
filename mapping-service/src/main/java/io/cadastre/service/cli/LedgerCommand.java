/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.database.Compaction;
import io.cadastre.service.database.LedgerFile;
import io.cadastre.service.database.MissingLedger;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/** {@code ledger compact CONFIG}: looks after the ledger's file while the service is stopped. */
public final class LedgerCommand extends Command {
  /** The command. */
  public LedgerCommand() {
    super("ledger", "Look after the ledger's file; the service must be stopped");
  }

  @Override
  public void configure(Subparser parser) {
    Subparsers what = parser.addSubparsers().dest("what").metavar("WHAT");
    Subparser compact = what.addParser("compact").help("make H2's file as small as its contents");
    compact.addArgument("config").metavar("CONFIG").help("the service's configuration file");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    CadastreConfiguration configuration =
        OfflineLedger.configuration(bootstrap, arguments.getString("config"));
    Path file =
        LedgerFile.of(configuration.ledger().getUrl())
            .orElseThrow(
                () ->
                    new CommandFailed(
                        CommandStatus.REFUSED,
                        "the ledger is not in a file of H2's: its database compacts itself"));
    LedgerFolder.requireWritable(
        configuration, "ledger compact " + ShellWord.of(configuration.file()));
    MissingLedger.refuse(configuration.ledger(), configuration.file());
    Output.notice(Compaction.run(configuration.ledger(), file));
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
