/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.ArrayList;
import java.util.List;
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
    List<JsonNode> all = new ArrayList<>();
    report.path("findings").forEach(all::add);
    List<JsonNode> errors =
        all.stream().filter(f -> f.path("severity").asText().equals("error")).toList();
    List<JsonNode> shown = arguments.getBoolean("failuresOnly") ? errors : all;
    if (arguments.getBoolean("json")) {
      ((ObjectNode) report).putArray("findings").addAll(shown);
      Output.exact(report.toPrettyString());
    } else {
      shown.forEach(finding -> Output.line(Printed.finding(finding)));
    }
    Output.notice("%d findings, %d of them errors".formatted(all.size(), errors.size()));
    if (!errors.isEmpty()) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }
}
