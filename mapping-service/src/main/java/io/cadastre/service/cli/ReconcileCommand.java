/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code reconcile [--repair|--adopt [--accept-serial N]] [--dry-run]}. */
final class ReconcileCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    MutuallyExclusiveGroup how = parser.addMutuallyExclusiveGroup();
    how.addArgument("--repair")
        .action(Arguments.storeTrue())
        .help("make the directory equal to the ledger");
    how.addArgument("--adopt")
        .action(Arguments.storeTrue())
        .help("take in what the directory knows and a restored ledger does not");
    parser
        .addArgument("--accept-serial")
        .dest("acceptSerial")
        .type(Long.class)
        .metavar("N")
        .help("with --adopt: believe the entries up to this serial, however far it is");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String dryRun = arguments.getBoolean("dryRun").toString();
    String repair = arguments.getBoolean("repair").toString();
    Optional<Long> acceptSerial = Optional.ofNullable(arguments.getLong("acceptSerial"));
    if (acceptSerial.isPresent() && !arguments.getBoolean("adopt")) {
      throw new CommandFailed(CommandStatus.USAGE, "--accept-serial goes with --adopt");
    }
    Map<String, String> adoption = new LinkedHashMap<>();
    adoption.put("dryRun", dryRun);
    adoption.put("reason", "reconcile --adopt");
    acceptSerial.ifPresent(serial -> adoption.put("acceptSerial", serial.toString()));
    Printed.answer(
        arguments.getBoolean("adopt")
            ? service.task("adopt", adoption, "")
            : service.task("reconcile", Map.of("dryRun", dryRun, "repair", repair), ""));
  }
}
