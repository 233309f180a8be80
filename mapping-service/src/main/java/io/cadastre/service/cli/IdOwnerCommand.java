/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AllocationJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.OwnerJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code who [-g] [--at TIME] [--json] ID...}. */
final class IdOwnerCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("id").nargs("+").type(Long.class).metavar("ID").help("subordinate IDs");
    parser
        .addArgument("-g", "--group")
        .action(Arguments.storeTrue())
        .help("they are subgids, not subuids");
    parser
        .addArgument("--at")
        .metavar("TIME")
        .help("as it was then, such as 2026-03-01T12:00:00Z, or 2026-03-01 for midnight UTC");
    JsonOption.add(parser, "print an object for each ID, one a line");
  }

  /** A line of {@code --json}. */
  record FoundOwner(long id, OwnerJson owner, AllocationJson allocation) {}

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String template = arguments.getBoolean("group") ? Paths.SUBGID_OWNER : Paths.SUBUID_OWNER;
    Map<String, Object> query =
        Optional.ofNullable(arguments.getString("at"))
            .map(time -> Map.<String, Object>of("at", time))
            .orElse(Map.of());
    List<Long> ids = arguments.getList("id");
    ForEachArgument.run(
        ids,
        id -> {
          HoldingJson holding = service.find(Paths.idOwner(template, id), query, HoldingJson.class);
          if (JsonOption.isGiven(arguments)) {
            Output.exact(JsonForm.write(new FoundOwner(id, holding.owner(), holding.allocation())));
          } else {
            Output.line(id + " " + Lines.allocation(holding));
          }
        });
  }
}
