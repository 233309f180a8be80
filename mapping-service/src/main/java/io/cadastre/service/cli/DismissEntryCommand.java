/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code dismiss-entry DN --reason TEXT [--dry-run]}. */
final class DismissEntryCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("dn").metavar("DN").help("the entry that holds a pool, as audit prints it");
    parser.addArgument("--reason").required(true).help("why; kept in the event");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be dismissed, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    Printed.answer(
        service.task(
            "dismiss-entry",
            Map.of(
                "dn",
                arguments.getString("dn"),
                "dryRun",
                arguments.getBoolean("dryRun").toString(),
                "reason",
                arguments.getString("reason")),
            ""));
  }
}
