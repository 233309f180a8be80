/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.ReasonJson;
import io.cadastre.service.api.RebindJson;
import io.cadastre.service.api.ReboundOwnersJson;
import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.subid.ShellWord;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code rebind NAME|--all --reason TEXT [--dry-run]}. */
final class RebindCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("?").metavar("NAME").help("the owner");
    parser.addArgument("--all").action(Arguments.storeTrue()).help("every owner that needs it");
    parser.addArgument("--reason").required(true).help("why; kept in the events");
    identity(parser, "--uid-number", "uidNumber").type(Long.class).metavar("ID");
    identity(parser, "--gid-number", "gidNumber").type(Long.class).metavar("ID");
    identity(parser, "--stable-id", "stableId");
    identity(parser, "--dn", "dn");
    DryRunOption.add(parser, "say which owners would be rebound, and change nothing");
  }

  private static Argument identity(Subparser parser, String option, String field) {
    return parser
        .addArgument(option)
        .dest(field)
        .help("of the account now; only with identity.source: caller");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String name = arguments.getString("name");
    if (arguments.getBoolean("all") == (name != null)) {
      throw new CommandFailed(CommandStatus.USAGE, "give either a name or --all");
    }
    if (name == null) {
      rebindAll(arguments, service);
    } else {
      rebind(name, arguments, service);
    }
  }

  private static void rebindAll(Namespace arguments, ServiceClient service) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    ReboundOwnersJson rebound =
        service.post(
            Paths.admin(Paths.REBIND),
            dryRun,
            new ReasonJson(Optional.of(arguments.getString("reason"))),
            ReboundOwnersJson.class);
    rebound
        .owners()
        .forEach(
            each ->
                Output.line(
                    "%s: %s becomes %s"
                        .formatted(
                            Lines.owner(each.owner()),
                            each.formerStableId(),
                            each.owner().stableId())));
    rebound
        .undecided()
        .forEach(
            each ->
                Output.line(
                    "%s: not rebound: the account %s had the same stable id in an earlier version; decide with: cadastre rebind %s --reason \"stable ids\""
                        .formatted(
                            Lines.owner(each.recorded()),
                            Lines.owner(each.account()),
                            ShellWord.of(each.recorded().name()))));
    Output.notice(
        "%d owners %s".formatted(rebound.owners().size(), dryRun ? "would be rebound" : "rebound"));
  }

  private static void rebind(String name, Namespace arguments, ServiceClient service) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    HoldingJson rebound =
        service.post(
            Paths.owner(name, Paths.REBIND),
            dryRun,
            new RebindJson(
                Optional.of(arguments.getString("reason")),
                Optional.ofNullable(arguments.getLong("uidNumber")),
                Optional.ofNullable(arguments.getLong("gidNumber")),
                Optional.ofNullable(arguments.getString("stableId")),
                Optional.ofNullable(arguments.getString("dn"))),
            HoldingJson.class);
    Output.line((dryRun ? "would rebind " : "rebound ") + Lines.allocation(rebound));
  }
}
