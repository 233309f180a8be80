/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AcknowledgedJson;
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

/** {@code audit [--failures-only] [--json]}: exits 65 if a finding is an error, for cron. */
final class AuditCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--failures-only")
        .dest("failuresOnly")
        .action(Arguments.storeTrue())
        .help("print only the findings that are errors");
    JsonOption.add(parser, "print the report as JSON");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    AuditJson report = service.post(Paths.AUDIT, Map.of(), new NothingJson(), AuditJson.class);
    List<FindingJson> errors = report.findings().stream().filter(FindingJson::fails).toList();
    boolean failuresOnly = arguments.getBoolean("failuresOnly");
    List<FindingJson> shown = failuresOnly ? errors : report.findings();
    List<AcknowledgedJson> acknowledged =
        report.acknowledged().stream()
            .filter(known -> !failuresOnly || known.finding().fails())
            .toList();
    if (JsonOption.isGiven(arguments)) {
      Output.exact(JsonForm.pretty(new AuditJson(report.at(), shown, acknowledged)));
    } else {
      shown.forEach(finding -> Output.line(Lines.finding(finding)));
      acknowledged.forEach(known -> Output.line(line(known)));
    }
    Output.notice(
        "%d findings, %d of them errors; %d acknowledged"
            .formatted(report.findings().size(), errors.size(), report.acknowledged().size()));
    if (!errors.isEmpty()) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }

  private static String line(AcknowledgedJson known) {
    return "acknowledged until %s (%s): %s"
        .formatted(known.until(), known.why(), Lines.finding(known.finding()));
  }
}
