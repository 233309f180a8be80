/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerQueries;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.registry.AdmissionRules;
import io.cadastre.service.registry.AdoptionCommands;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    super("rebuild-from-directory", "Make a ledger from the published entries");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("config").metavar("CONFIG").help("the service's configuration file");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be taken in, and make no ledger");
    parser
        .addArgument("--accept-serial")
        .dest("acceptSerial")
        .type(Long.class)
        .metavar("N")
        .help("believe the entries up to this serial, however far it is");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
    CadastreConfiguration configuration =
        OfflineLedger.configuration(bootstrap, arguments.getString("config"));
    boolean dryRun = arguments.getBoolean("dryRun");
    OptionalLong accepted =
        Optional.ofNullable(arguments.getLong("acceptSerial"))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    String command = "rebuild-from-directory " + ShellWord.of(configuration.file());
    try (Directory directory = open(configuration)) {
      if (OfflineLedger.exists(configuration)) {
        OfflineLedger.open(configuration, command, Ledger::open, RebuildCommand::requireEmpty);
      }
      // First into one that is forgotten: what fails on the way leaves no ledger behind.
      OfflineLedger.scratch(
          scratch -> {
            Adopted adopted = fill(configuration, scratch, directory, accepted);
            if (dryRun) {
              print(adopted, "would be taken in");
            }
          });
      if (!dryRun) {
        OfflineLedger.open(
            configuration,
            command,
            Ledger::openOrCreate,
            ledger -> rebuild(configuration, ledger, directory, accepted));
      }
    }
  }

  private static void requireEmpty(Ledger ledger) {
    int known = ledger.read(LedgerQueries::all).size();
    if (known > 0) {
      throw new CommandFailed(
          CommandStatus.REFUSED,
          "the ledger has %d allocations; it is rebuilt into an empty one only. To take in what it lacks, start the service and run: cadastre reconcile --adopt"
              .formatted(known));
    }
  }

  private static void rebuild(
      CadastreConfiguration configuration,
      Ledger ledger,
      Directory directory,
      OptionalLong accepted) {
    Adopted adopted = fill(configuration, ledger, directory, accepted);
    Output.notice(
        "the ledger is %s at serial %d. It has a new UUID: nodes take it after cadastre-node sync --accept ledger@UUID"
            .formatted(ledger.head().uuid(), ledger.head().serial()));
    OfflineLedger.sayIfNothingIsRemembered(ledger);
    print(adopted, "taken in");
  }

  /** Refused entries are findings: somebody has to look at them. */
  private static void print(Adopted adopted, String what) {
    Output.notice("%d allocations %s".formatted(adopted.allocations().size(), what));
    adopted
        .refused()
        .forEach(
            f ->
                Output.line(
                    "%s %s %s: %s -> %s"
                        .formatted(
                            f.severity().word(), f.rule(), f.subject(), f.message(), f.remedy())));
    if (!adopted.refused().isEmpty()) {
      throw new CommandFailed(
          CommandStatus.FINDINGS,
          "%d entries are refused; all others are not affected"
              .formatted(adopted.refused().size()));
    }
  }

  private static Adopted fill(
      CadastreConfiguration configuration,
      Ledger ledger,
      Directory directory,
      OptionalLong acceptSerial) {
    PoolRegister.record(ledger, configuration.pools(), configuration.allowAbove2Gi());
    return new AdoptionCommands(
            ledger,
            directory.publish(),
            ChangeGate.open(),
            AdmissionRules.of(configuration.reservedNames(), configuration.allowAbove2Gi()))
        .adopt(
            acceptSerial,
            false,
            new AuditContext(
                "cadastre",
                Optional.empty(),
                Optional.of("rebuild-from-directory: the history from before is lost")));
  }

  /** The directory of this configuration, which has to have one. */
  static Directory open(CadastreConfiguration configuration) {
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
