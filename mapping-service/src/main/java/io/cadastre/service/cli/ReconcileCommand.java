/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AdoptJson;
import io.cadastre.service.api.AdoptedJson;
import io.cadastre.service.api.FindingJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.ReconcileJson;
import io.cadastre.service.api.ReconciledJson;
import io.cadastre.service.api.ReleaseForeignJson;
import io.cadastre.service.api.ReleasedForeignJson;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Optional;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code reconcile [--repair|--adopt [--accept-serial N]|--release-foreign RANGE --reason R
 * [--local-rows]] [--dry-run]}.
 */
final class ReconcileCommand implements Action {
  private static final String REASON = "reconcile --adopt";

  @Override
  public void arguments(Subparser parser) {
    MutuallyExclusiveGroup how = parser.addMutuallyExclusiveGroup();
    how.addArgument("--repair")
        .action(Arguments.storeTrue())
        .help("make the directory equal to the ledger");
    how.addArgument("--adopt")
        .action(Arguments.storeTrue())
        .help("adopt the entries that the ledger lacks, after a restore");
    how.addArgument("--release-foreign")
        .dest("releaseForeign")
        .metavar("RANGE")
        .help("release the range of an entry that is gone: FIRST-LAST or START:COUNT");
    parser.addArgument("--reason").help("with --release-foreign: why; kept in the event");
    parser
        .addArgument("--local-rows")
        .dest("localRows")
        .action(Arguments.storeTrue())
        .help("with --release-foreign: even if a local row of a node has had the range");
    parser
        .addArgument("--accept-serial")
        .dest("acceptSerial")
        .type(Long.class)
        .metavar("N")
        .help("with --adopt: accept serials and revisions up to N, even if the step is large");
    DryRunOption.add(parser);
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    Optional<Long> acceptSerial = Optional.ofNullable(arguments.getLong("acceptSerial"));
    if (arguments.getBoolean("adopt")) {
      adopt(acceptSerial, DryRunOption.isGiven(arguments), service);
      return;
    }
    if (acceptSerial.isPresent()) {
      throw new CommandFailed(CommandStatus.USAGE, "--accept-serial goes with --adopt");
    }
    Optional<String> range = Optional.ofNullable(arguments.getString("releaseForeign"));
    Optional<String> reason = Optional.ofNullable(arguments.getString("reason"));
    if (range.isPresent() != reason.isPresent()) {
      throw new CommandFailed(CommandStatus.USAGE, "--release-foreign and --reason go together");
    }
    boolean localRows = arguments.getBoolean("localRows");
    if (localRows && range.isEmpty()) {
      throw new CommandFailed(CommandStatus.USAGE, "--local-rows goes with --release-foreign");
    }
    if (range.isPresent()) {
      release(
          new ReleaseForeignJson(reason, range, Optional.of(localRows)),
          DryRunOption.isGiven(arguments),
          service);
      return;
    }
    reconcile(arguments.getBoolean("repair"), DryRunOption.isGiven(arguments), service);
  }

  private static void reconcile(boolean repair, boolean dryRun, ServiceClient service) {
    ReconciledJson reconciled =
        service.post(
            Paths.admin(Paths.RECONCILE),
            dryRun,
            new ReconcileJson(Optional.of(repair)),
            ReconciledJson.class);
    print(reconciled.findings().stream());
    Output.notice(
        "%d differences%s"
            .formatted(
                reconciled.findings().size(),
                reconciled.repaired() ? ", every drifting owner is republished" : ""));
    if (!reconciled.repaired() && reconciled.findings().stream().anyMatch(FindingJson::fails)) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }

  private static void adopt(Optional<Long> acceptSerial, boolean dryRun, ServiceClient service) {
    AdoptedJson adopted =
        service.post(
            Paths.admin(Paths.ADOPT),
            dryRun,
            new AdoptJson(Optional.of(REASON), acceptSerial),
            AdoptedJson.class);
    print(adopted.refused().stream());
    adopted.allocations().forEach(ReconcileCommand::print);
    print(adopted.warnings().stream());
    Output.notice(
        "%d allocations %s, %d entries refused"
            .formatted(
                adopted.allocations().size(),
                dryRun ? "would be adopted" : "adopted",
                adopted.refused().size()));
    Lines.suspended(adopted.suspended(), dryRun).ifPresent(Output::notice);
  }

  private static void release(ReleaseForeignJson wanted, boolean dryRun, ServiceClient service) {
    ReleasedForeignJson released =
        service.post(Paths.admin(Paths.FOREIGN_RANGES), dryRun, wanted, ReleasedForeignJson.class);
    released.entries().forEach(Output::line);
    released
        .freed()
        .forEach(
            f ->
                Output.line("pool %s: %d slots from %d".formatted(f.pool(), f.slots(), f.first())));
    Output.notice(
        "the range %s %s"
            .formatted(
                Lines.range(released.range()), dryRun ? "would be released" : "is released"));
  }

  private static void print(Stream<FindingJson> findings) {
    findings.map(Lines::finding).forEach(Output::line);
  }

  private static void print(HoldingJson adopted) {
    Output.line(
        "%s: %s %s, %s"
            .formatted(
                Lines.owner(adopted.owner()),
                adopted.allocation().id(),
                Lines.range(adopted.allocation().subuid()),
                adopted.allocation().state()));
  }
}
