/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.KnownOwnerJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code retire NAME... [--dry-run]}. */
final class RetireCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("+").metavar("NAME").help("owners");
    DryRunOption.add(parser);
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    List<String> names = arguments.getList("name");
    boolean dryRun = DryRunOption.isGiven(arguments);
    ForEachArgument.run(
        names,
        name -> {
          KnownOwnerJson known = service.get(Paths.owner(name), KnownOwnerJson.class);
          if (!dryRun) {
            service.delete(Paths.owner(name));
          }
          Output.line(
              (dryRun ? "would retire " : "retired ")
                  + Lines.allocation(known.owner(), known.allocation()));
        });
  }
}
