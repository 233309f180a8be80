/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.registry.OfflineCommands.Settled;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.setup.Bootstrap;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code events settle CONFIG --reason WHY [--dry-run]}: after an edit of the tables of the ledger.
 * The service must be stopped.
 */
final class SettleCommand {
  private SettleCommand() {}

  static void arguments(Subparser parser) {
    parser.addArgument("config").metavar("CONFIG").help("the service's configuration file");
    parser.addArgument("--reason").metavar("WHY").help("why they differ; kept in the event");
    DryRunOption.add(parser, "say what differs, and change nothing");
  }

  static void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    String file = arguments.getString("config");
    @Nullable String reason = arguments.getString("reason");
    boolean dryRun = DryRunOption.isGiven(arguments);
    if (!dryRun && (reason == null || reason.isBlank())) {
      throw new CommandFailed(
          CommandStatus.USAGE,
          "to settle needs a reason: cadastre events settle %s --reason \"why the tables differ\""
              .formatted(ShellWord.of(file)));
    }
    String command =
        "events settle %s %s"
            .formatted(
                ShellWord.of(file),
                reason == null ? "--dry-run" : "--reason " + ShellWord.of(reason));
    OfflineLedger.open(
        OfflineLedger.configuration(bootstrap, file),
        command,
        ledger ->
            print(ledger.settle(dryRun, Optional.ofNullable(reason)), ShellWord.of(file), dryRun));
  }

  private static void print(Settled settled, String file, boolean dryRun) {
    settled.first().forEach(Output::line);
    if (settled.differences() == 0) {
      Output.notice(
          "there is nothing to settle: the ledger is what its %d events say"
              .formatted(settled.events()));
    } else if (dryRun) {
      Output.notice(
          "%d differences would be settled; to do it, run: cadastre events settle %s --reason \"why the tables differ\""
              .formatted(settled.differences(), file));
    } else {
      Output.notice(
          "%d differences settled; the ledger is at serial %d. Start the service; then, to see whether the directory has wrong entries, run: cadastre reconcile"
              .formatted(settled.differences(), settled.serial()));
    }
  }
}
