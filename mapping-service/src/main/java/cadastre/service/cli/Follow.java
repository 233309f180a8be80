/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.cli.ServiceCommand.Action;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code follow [--accept-loss] [--dry-run]}: what the service does every minute, now. */
final class Follow implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--accept-loss")
        .dest("acceptLoss")
        .action(Arguments.storeTrue())
        .help("withhold the missing owners although they are more than a tenth");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String acceptLoss = arguments.getBoolean("acceptLoss").toString();
    String dryRun = arguments.getBoolean("dryRun").toString();
    Printed.answer(service.task("follow", Map.of("acceptLoss", acceptLoss, "dryRun", dryRun), ""));
  }
}
