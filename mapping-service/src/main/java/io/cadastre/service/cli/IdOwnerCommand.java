/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.List;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code who [-g] [--at TIME] ID...}. */
final class IdOwnerCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("id").nargs("+").type(Long.class).metavar("ID").help("subordinate IDs");
    parser
        .addArgument("-g", "--group")
        .action(Arguments.storeTrue())
        .help("they are subgids, not subuids");
    parser.addArgument("--at").metavar("TIME").help("as it was then, such as 2026-03-01T00:00:00Z");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String type = arguments.getBoolean("group") ? "subgid" : "subuid";
    String at =
        Optional.ofNullable(arguments.getString("at"))
            .map(time -> "?at=" + ServiceClient.segment(time))
            .orElse("");
    List<Long> ids = arguments.getList("id");
    ForEachArgument.of(
        ids,
        id -> {
          JsonNode answer = service.get("/v1/ids/%s/%d%s".formatted(type, id, at));
          Output.line(id + " " + Printed.allocation(answer));
        });
  }
}
