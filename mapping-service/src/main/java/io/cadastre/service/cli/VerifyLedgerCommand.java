/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.FindingJson;
import io.cadastre.service.api.NothingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.VerificationJson;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code verify --ledger}: exits 1 if the tables differ from the events. */
final class VerifyLedgerCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--ledger")
        .required(true)
        .action(Arguments.storeTrue())
        .help("compare the ledger's tables with its own events");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    VerificationJson verification =
        service.post(
            Paths.admin(Paths.VERIFY_LEDGER), Map.of(), new NothingJson(), VerificationJson.class);
    verification.findings().forEach(finding -> Output.line(Lines.finding(finding)));
    Output.notice(
        verification.equal()
            ? "the ledger is what its %d events say".formatted(verification.events())
            : "the tables differ from the events: changes answer 503 until you settle them");
    if (verification.findings().stream().anyMatch(FindingJson::fails)) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }
}
