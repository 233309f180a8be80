/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.List;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code retire NAME... [--dry-run]}. */
final class RetireCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("+").metavar("NAME").help("owners");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    List<String> names = arguments.getList("name");
    boolean dryRun = arguments.getBoolean("dryRun");
    ForEachArgument.of(
        names,
        name -> {
          String path = "/v1/owners/" + ServiceClient.segment(name);
          JsonNode owner = service.get(path);
          if (!dryRun) {
            service.delete(path);
          }
          Output.line((dryRun ? "would retire " : "retired ") + Printed.allocation(owner));
        });
  }
}
