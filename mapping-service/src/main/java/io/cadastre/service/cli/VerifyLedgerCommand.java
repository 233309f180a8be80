/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.task.TaskAnswer;
import io.cadastre.subid.Severity;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code verify --ledger}: exits 1 if the tables are not what the events say. */
final class VerifyLedgerCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--ledger")
        .required(true)
        .action(Arguments.storeTrue())
        .help("hold the ledger's tables against its own events");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    TaskAnswer answer = service.task("verify-ledger", Map.of(), "");
    Printed.answer(answer);
    if (answer.lines().stream().anyMatch(line -> line.startsWith(Severity.ERROR.word() + " "))) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }
}
