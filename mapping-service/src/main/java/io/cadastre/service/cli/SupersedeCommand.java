/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code supersede NAME --reason TEXT [--pool POOL] [--dry-run]}. */
final class SupersedeCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").metavar("NAME").help("the owner");
    parser.addArgument("--reason").required(true).help("why; kept in the event");
    parser.addArgument("--pool").help("the pool of the new range; the default pool without it");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String path = "/v1/owners/" + ServiceClient.segment(arguments.getString("name"));
    Output.line("had " + Printed.allocation(service.get(path)));
    boolean dryRun = arguments.getBoolean("dryRun");
    ObjectNode body = ServiceClient.mapper().createObjectNode();
    body.put("reason", arguments.getString("reason"));
    Optional.ofNullable(arguments.getString("pool")).ifPresent(pool -> body.put("pool", pool));
    Output.line(
        (dryRun ? "would have " : "has ")
            + Printed.allocation(service.post(path + "/supersede?dryRun=" + dryRun, body)));
  }
}
