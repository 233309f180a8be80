/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code follow [--accept-loss] [--dry-run]}: what the service does every minute, now. */
final class FollowCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--accept-loss")
        .dest("acceptLoss")
        .action(Arguments.storeTrue())
        .help("withhold the missing owners although they are more than a tenth in a day");
    parser
        .addArgument("--forget-ids")
        .dest("forgetIds")
        .metavar("FIRST-LAST")
        .help("forget these uids and gids of accounts that are gone: ranges may hold them again");
    parser.addArgument("--reason").help("why; kept in the event, needed with --forget-ids");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("acceptLoss", arguments.getBoolean("acceptLoss").toString());
    parameters.put("dryRun", arguments.getBoolean("dryRun").toString());
    for (String text : List.of("forgetIds", "reason")) {
      Optional.ofNullable(arguments.getString(text)).ifPresent(t -> parameters.put(text, t));
    }
    if (parameters.containsKey("forgetIds") && !parameters.containsKey("reason")) {
      throw new CommandFailed(CommandStatus.USAGE, "--forget-ids needs --reason TEXT");
    }
    Printed.answer(service.task("follow", parameters, ""));
  }
}
