/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AuditJson;
import io.cadastre.service.api.FindingJson;
import io.cadastre.service.api.NothingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.List;
import java.util.Map;
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
    AuditJson report = service.post(Paths.AUDIT, Map.of(), new NothingJson(), AuditJson.class);
    List<FindingJson> errors = report.findings().stream().filter(FindingJson::fails).toList();
    List<FindingJson> shown = arguments.getBoolean("failuresOnly") ? errors : report.findings();
    if (arguments.getBoolean("json")) {
      Output.exact(JsonForm.pretty(new AuditJson(report.at(), shown)));
    } else {
      shown.forEach(finding -> Output.line(Lines.finding(finding)));
    }
    Output.notice(
        "%d findings, %d of them errors".formatted(report.findings().size(), errors.size()));
    if (!errors.isEmpty()) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }
}
