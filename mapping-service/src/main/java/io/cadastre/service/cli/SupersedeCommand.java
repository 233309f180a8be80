/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AllocatedJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.SupersedeJson;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code supersede NAME --reason TEXT [--pool POOL] [--dry-run]}. */
final class SupersedeCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").metavar("NAME").help("the owner");
    parser.addArgument("--reason").required(true).help("why; kept in the event");
    parser.addArgument("--pool").help("the pool of the new range; the default pool without it");
    DryRunOption.add(parser);
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String name = arguments.getString("name");
    boolean dryRun = DryRunOption.isGiven(arguments);
    HoldingJson known = service.get(Paths.owner(name), HoldingJson.class);
    Output.line("had " + Lines.allocation(known.owner(), known.allocation()));
    AllocatedJson allocated =
        service.post(
            Paths.owner(name, Paths.SUPERSEDE),
            dryRun,
            new SupersedeJson(
                Optional.of(arguments.getString("reason")),
                Optional.ofNullable(arguments.getString("pool"))),
            AllocatedJson.class);
    Output.line(
        (dryRun ? "would have " : "has ")
            + Lines.allocation(allocated.owner(), allocated.allocation()));
  }
}
