/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.service.registry.OfflineCommands;
import io.cadastre.service.registry.RebuildSource;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.util.Optional;
import java.util.OptionalLong;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code rebuild-from-directory CONFIG}: fills an empty ledger from the published entries. The rows
 * come out equal. The history from before is lost, unless the event export is replayed instead.
 */
public final class RebuildCommand extends Command {
  /** The command. */
  public RebuildCommand() {
    super("rebuild-from-directory", "Make a ledger from the published entries");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("config").metavar("CONFIG").help("the service's configuration file");
    DryRunOption.add(parser, "say what would be taken in, and make no ledger");
    parser
        .addArgument("--accept-serial")
        .dest("acceptSerial")
        .type(Long.class)
        .metavar("N")
        .help("accept serials and revisions up to N, even if the step is large");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    CadastreConfiguration configuration =
        OfflineLedger.configuration(bootstrap, arguments.getString("config"));
    boolean dryRun = DryRunOption.isGiven(arguments);
    OptionalLong accepted =
        Optional.ofNullable(arguments.getLong("acceptSerial"))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    String command = "rebuild-from-directory " + ShellWord.of(configuration.file());
    try (RebuildSource source = RebuildSource.open(configuration)) {
      if (OfflineLedger.exists(configuration)) {
        OfflineLedger.open(configuration, command, OfflineCommands::requireEmpty);
      }
      // First in memory: a failure on the way leaves no ledger behind.
      OfflineCommands.scratch(
          scratch -> {
            Adopted adopted = source.rebuild(scratch, accepted);
            if (dryRun) {
              print(adopted, "would be taken in");
            }
          });
      if (!dryRun) {
        OfflineLedger.openOrCreate(
            configuration,
            command,
            ledger -> {
              Adopted adopted = source.rebuild(ledger, accepted);
              LedgerHead head = ledger.head();
              Output.notice(
                  "the ledger is %s at serial %d. It has a new UUID: each node takes it once, by: cadastre-node sync --accept ledger@%1$s"
                      .formatted(head.uuid(), head.serial()));
              OfflineLedger.sayIfNothingIsRemembered(ledger);
              print(adopted, "taken in");
            });
      }
    }
  }

  /** Prints the adopted entries. Refused entries are findings; an admin must act on them. */
  private static void print(Adopted adopted, String what) {
    Output.notice("%d allocations %s".formatted(adopted.allocations().size(), what));
    Lines.suspended(adopted.suspended(), false).ifPresent(Output::notice);
    adopted.refused().forEach(finding -> Output.line(Lines.finding(finding)));
    if (!adopted.refused().isEmpty()) {
      throw new CommandFailed(
          CommandStatus.FINDINGS,
          "%d entries are refused; all others are not affected"
              .formatted(adopted.refused().size()));
    }
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
