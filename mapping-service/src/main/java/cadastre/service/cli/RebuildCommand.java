/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.CadastreConfiguration;
import cadastre.service.directory.Directory;
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

  private static void rebuild(CadastreConfiguration configuration, Ledger ledger, boolean dryRun) {
    int known = ledger.read(LedgerReader::all).size();
    if (known > 0) {
      throw new CommandFailed(
          ExitStatus.REFUSED,
          "the ledger has %d allocations; it is rebuilt into an empty one only. To take in what it lacks, start the service and run: cadastre reconcile --adopt"
              .formatted(known));
    }
    PoolRegister.record(ledger, configuration.pools(), configuration.allowAbove2Gi());
    try (Directory directory = open(configuration)) {
      List<Allocation> adopted =
          new Adoption(ledger, directory.publish())
              .adopt(
                  dryRun,
                  new Origin(
                      "cadastre",
                      Optional.empty(),
                      Optional.of("rebuild-from-directory: the history from before is lost")));
      System.err.printf(
          "%d allocations %s; the ledger is %s at serial %d. It has a new UUID: nodes take it after cadastre-node sync --accept ledger@UUID%n",
          adopted.size(),
          dryRun ? "would be taken in" : "taken in",
          ledger.head().uuid(),
          ledger.head().serial());
    }
  }

  private static Directory open(CadastreConfiguration configuration) {
    return configuration
        .directory()
        .map(settings -> Directory.open(settings, Clock.systemUTC()))
        .orElseThrow(
            () -> new ConfigurationRefused(List.of("directory: is missing: nothing to read")));
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // Failures says it
  }
}
