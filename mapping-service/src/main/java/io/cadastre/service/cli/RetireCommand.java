/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code retire [--reason TEXT] [--dry-run] NAME...}. */
final class RetireCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("+").metavar("NAME").help("owners");
    parser.addArgument("--reason").help("why; kept in the event");
    DryRunOption.add(parser);
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    List<String> names = arguments.getList("name");
    boolean dryRun = DryRunOption.isGiven(arguments);
    Map<String, Object> query = new HashMap<>(Map.of("dryRun", dryRun));
    Optional.ofNullable(arguments.getString("reason")).ifPresent(why -> query.put("reason", why));
    ForEachArgument.run(
        names,
        name -> {
          HoldingJson known = service.get(Paths.owner(name), HoldingJson.class);
          service.delete(Paths.owner(name), query);
          Output.line(
              (dryRun ? "would retire " : "retired ")
                  + Lines.allocation(known.owner(), known.allocation()));
        });
  }
}
