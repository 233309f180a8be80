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

/** {@code follow [--accept-loss]}: what the service does every minute, now. */
final class Follow implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--accept-loss")
        .dest("acceptLoss")
        .action(Arguments.storeTrue())
        .help("withhold the missing owners although they are more than a tenth");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String acceptLoss = arguments.getBoolean("acceptLoss").toString();
    Printed.answer(service.task("follow", Map.of("acceptLoss", acceptLoss), ""));
  }
}
