/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.FollowJson;
import io.cadastre.service.api.FollowedJson;
import io.cadastre.service.api.FollowedJson.EntitledJson;
import io.cadastre.service.api.FollowedJson.FollowedOwnersJson;
import io.cadastre.service.api.FollowedJson.FollowedOwnersJson.RenameJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code follow [--accept-loss] [--accept-renames] [--accept-entitled N] [--forget-ids FIRST-LAST
 * --reason TEXT] [--dry-run]}: reads all accounts now, as the service does at an interval.
 */
final class FollowCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--accept-loss")
        .dest("acceptLoss")
        .action(Arguments.storeTrue())
        .help("withhold the missing owners although they are more than a tenth in a day");
    parser
        .addArgument("--accept-renames")
        .dest("acceptRenames")
        .action(Arguments.storeTrue())
        .help("follow the new names although they are more than a tenth of the owners");
    parser
        .addArgument("--accept-entitled")
        .dest("acceptEntitled")
        .type(Long.class)
        .metavar("N")
        .help("give ranges to up to N newly entitled accounts, within an hour");
    parser
        .addArgument("--forget-ids")
        .dest("forgetIds")
        .metavar("FIRST-LAST")
        .help("forget these uids and gids of accounts that are gone: ranges may hold them again");
    parser.addArgument("--reason").help("why; kept in the event, needed with --forget-ids");
    DryRunOption.add(parser);
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    FollowJson body =
        new FollowJson(
            Optional.ofNullable(arguments.getString("reason")),
            Optional.of(arguments.getBoolean("acceptLoss")),
            Optional.of(arguments.getBoolean("acceptRenames")),
            Optional.ofNullable(arguments.getLong("acceptEntitled")),
            Optional.ofNullable(arguments.getString("forgetIds")));
    if (body.forgetIds().isPresent() && body.reason().isEmpty()) {
      throw new CommandFailed(CommandStatus.USAGE, "--forget-ids needs --reason TEXT");
    }
    FollowedJson followed =
        service.post(Paths.admin(Paths.FOLLOW), dryRun, body, FollowedJson.class);
    followed
        .forgotten()
        .ifPresent(
            ids ->
                Output.line(
                    "%s %d uids and %d gids that are gone"
                        .formatted(dryRun ? "would forget" : "forgot", ids.uids(), ids.gids())));
    followed.owners().ifPresent(owners -> print(owners, dryRun));
    followed.entitled().ifPresent(FollowCommand::print);
    Output.notice("the accounts were read" + (dryRun ? "; a dry run, nothing was changed" : ""));
  }

  private static void print(EntitledJson accounts) {
    Output.line("newly entitled, with a range now " + accounts.allocated());
    Output.line("newly entitled, still waiting " + accounts.waiting());
  }

  private static void print(FollowedOwnersJson owners, boolean dryRun) {
    boolean wait = owners.renamesWait();
    for (RenameJson rename : owners.renames()) {
      Output.line(
          "%s %s to %s (uid %d)"
              .formatted(
                  dryRun || wait ? "would rename" : "renamed",
                  rename.from(),
                  rename.to(),
                  rename.uidNumber()));
    }
    if (wait) {
      Output.notice(
          "%d new names are too many to be followed; if they are right, run: cadastre follow --accept-renames"
              .formatted(owners.renames().size()));
    }
    Output.line("followed " + owners.followed());
    Output.line("withheld " + owners.withheld());
    Output.line("restored " + owners.restored());
    Output.line("missing, but too many in a day to be believed " + owners.spared());
  }
}
