/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.DismissEntryJson;
import io.cadastre.service.api.DismissedEntryJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code dismiss-entry DN --reason TEXT [--dry-run]}. */
final class DismissEntryCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("dn").metavar("DN").help("the entry that holds a pool, as audit prints it");
    parser.addArgument("--reason").required(true).help("why; kept in the event");
    DryRunOption.add(parser, "say what would be dismissed, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    DismissedEntryJson dismissed =
        service.post(
            Paths.admin(Paths.DISMISS_ENTRY),
            dryRun,
            new DismissEntryJson(
                Optional.of(arguments.getString("reason")), Optional.of(arguments.getString("dn"))),
            DismissedEntryJson.class);
    Output.line(
        "%s: subuid %s, subgid %s"
            .formatted(
                dismissed.dn(),
                Lines.ranges(dismissed.subuid()),
                Lines.ranges(dismissed.subgid())));
    Output.notice(dryRun ? "the entry would be dismissed" : "the entry is dismissed");
  }
}
