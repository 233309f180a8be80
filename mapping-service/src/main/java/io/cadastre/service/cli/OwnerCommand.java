/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AllocationJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.KnownOwnerJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code owner NAME [--json]}: the range of an owner, the former ranges and the events. */
final class OwnerCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").metavar("NAME").help("the owner's name, or uid");
    JsonOption.add(parser, "print the owner as JSON");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    HoldingJson present =
        service.find(Paths.owner(arguments.getString("name")), Map.of(), HoldingJson.class);
    List<Event> history = new ArrayList<>();
    EventPages.read(service, Map.of("stableId", present.owner().stableId()), history::add);
    KnownOwnerJson known = KnownOwnerJson.of(present, history);
    if (JsonOption.isGiven(arguments)) {
      Output.exact(JsonForm.pretty(known));
      return;
    }
    Output.line(Lines.allocation(known.owner(), known.allocation()));
    known.former().forEach(former -> Output.line("formerly " + line(former)));
    known.history().forEach(event -> Output.line(line(event)));
  }

  private static String line(AllocationJson former) {
    return "subuid %s, subgid %s, %s"
        .formatted(Lines.range(former.subuid()), Lines.range(former.subgid()), former.state());
  }

  private static String line(Event event) {
    return "%s %s by %s%s"
        .formatted(
            event.at(),
            event.kind(),
            event.actor(),
            event.reason().map(reason -> ": " + reason).orElse(""));
  }
}
