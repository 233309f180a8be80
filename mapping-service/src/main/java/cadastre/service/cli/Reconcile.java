/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.cli.ServiceCommand.Action;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code reconcile [--repair|--adopt] [--dry-run]}. */
final class Reconcile implements Action {
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
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String dryRun = arguments.getBoolean("dryRun").toString();
    String repair = arguments.getBoolean("repair").toString();
    Printed.answer(
        arguments.getBoolean("adopt")
            ? service.task("adopt", Map.of("dryRun", dryRun, "reason", "reconcile --adopt"), "")
            : service.task("reconcile", Map.of("dryRun", dryRun, "repair", repair), ""));
  }
}
