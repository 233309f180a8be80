/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.CadastreConfiguration;
import cadastre.service.directory.Directory;
import cadastre.service.directory.DirectoryConfiguration;
import cadastre.service.failure.ConfigurationRefused;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.LedgerReader;
import cadastre.service.ledger.Origin;
import cadastre.service.ledger.PoolRegister;
import cadastre.service.registry.Adoption;
import cadastre.subid.Allocation;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code rebuild-from-directory CONFIG}: fills an empty ledger from the entries that were
 * published. The rows come out equal; the history from before is lost, unless the event export is
 * replayed instead.
 */
public final class RebuildCommand extends Command {
  /** The command. */
  public RebuildCommand() {
    super("rebuild-from-directory", "Fill an empty ledger from the published entries");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("config").metavar("CONFIG").help("the service's configuration file");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be taken in, and leave the ledger empty");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    IdleLedger.open(
        bootstrap,
        arguments.getString("config"),
        (configuration, ledger) -> rebuild(configuration, ledger, arguments.getBoolean("dryRun")));
  }

  private static void rebuild(CadastreConfiguration configuration, Ledger ledger, boolean dryRun)
      throws Exception {
    int known = ledger.read(LedgerReader::all).size();
    if (known > 0) {
      throw new CommandFailed(
          ExitStatus.REFUSED,
          "the ledger has %d allocations; it is rebuilt into an empty one only. To take in what it lacks, start the service and run: cadastre reconcile --adopt"
              .formatted(known));
    }
    try (Directory directory = open(configuration)) {
      if (dryRun) {
        IdleLedger.scratch(
            scratch ->
                System.err.printf(
                    "%d allocations would be taken in%n",
                    fill(configuration, scratch, directory).size()));
        return;
      }
      System.err.printf(
          "%d allocations taken in; the ledger is %s at serial %d. It has a new UUID: nodes take it after cadastre-node sync --accept ledger@UUID%n",
          fill(configuration, ledger, directory).size(),
          ledger.head().uuid(),
          ledger.head().serial());
      IdleLedger.sayIfNothingIsRemembered(ledger);
    }
  }

  private static List<Allocation> fill(
      CadastreConfiguration configuration, Ledger ledger, Directory directory) {
    PoolRegister.record(ledger, configuration.pools(), configuration.allowAbove2Gi());
    return new Adoption(ledger, directory.publish())
        .adopt(
            false,
            new Origin(
                "cadastre",
                Optional.empty(),
                Optional.of("rebuild-from-directory: the history from before is lost")));
  }

  private static Directory open(CadastreConfiguration configuration) {
    return configuration
        .directory()
        .map(RebuildCommand::open)
        .orElseThrow(
            () -> new ConfigurationRefused(List.of("directory: is missing: nothing to read")));
  }

  private static Directory open(DirectoryConfiguration settings) {
    try {
      return Directory.open(settings, Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationRefused(List.of("directory: " + e.getMessage()));
    }
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // Failures says it
  }
}
