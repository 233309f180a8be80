/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.cli.ServiceCommand.Action;
import com.fasterxml.jackson.databind.JsonNode;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code audit [--failures-only] [--json]}: exits 1 if a finding is an error, for cron. */
final class AuditCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--failures-only")
        .dest("failuresOnly")
        .action(Arguments.storeTrue())
        .help("print only the findings that are errors");
    parser.addArgument("--json").action(Arguments.storeTrue()).help("print the report as JSON");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    JsonNode report = service.post("/v1/audit", ServiceClient.mapper().createObjectNode());
    int errors = 0;
    for (JsonNode finding : report.path("findings")) {
      boolean isError = finding.path("severity").asText().equals("error");
      errors += isError ? 1 : 0;
      if (!arguments.getBoolean("json") && (isError || !arguments.getBoolean("failuresOnly"))) {
        System.out.println(Printed.finding(finding));
      }
    }
    if (arguments.getBoolean("json")) {
      System.out.println(report.toPrettyString());
    }
    System.err.printf("%d findings, %d of them errors%n", report.path("findings").size(), errors);
    if (errors > 0) {
      throw new CommandFailed(ExitStatus.FINDINGS, "");
    }
  }
}
