/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code rebind NAME|--all --reason TEXT [--dry-run]}. */
final class RebindCommand implements Action {
  private static final List<String> NUMBERS = List.of("uidNumber", "gidNumber");
  private static final List<String> TEXTS = List.of("stableId", "dn");
  private static final String CALLER = "of the account now; only with identity.source: caller";

  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("?").metavar("NAME").help("the owner");
    parser.addArgument("--all").action(Arguments.storeTrue()).help("every owner that needs it");
    parser.addArgument("--reason").required(true).help("why; kept in the events");
    for (String number : NUMBERS) {
      parser.addArgument(option(number)).dest(number).type(Long.class).metavar("ID").help(CALLER);
    }
    for (String text : TEXTS) {
      parser.addArgument(option(text)).dest(text).help(CALLER);
    }
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say who would be rebound, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    String name = arguments.getString("name");
    boolean all = arguments.getBoolean("all");
    boolean dryRun = arguments.getBoolean("dryRun");
    if (all == (name != null)) {
      throw new CommandFailed(CommandStatus.USAGE, "give either a name or --all");
    }
    if (all) {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("dryRun", Boolean.toString(dryRun));
      parameters.put("reason", arguments.getString("reason"));
      Printed.answer(service.task("rebind-all", parameters, ""));
      return;
    }
    String path = "/v1/owners/" + ServiceClient.segment(name);
    ObjectNode body = ServiceClient.mapper().createObjectNode();
    body.put("reason", arguments.getString("reason"));
    NUMBERS.forEach(
        n -> Optional.ofNullable(arguments.getLong(n)).ifPresent(id -> body.put(n, id)));
    TEXTS.forEach(t -> Optional.ofNullable(arguments.getString(t)).ifPresent(v -> body.put(t, v)));
    Output.line(
        (dryRun ? "would rebind " : "rebound ")
            + Printed.allocation(service.post(path + "/rebind?dryRun=" + dryRun, body)));
  }

  /** {@code --uid-number} for {@code uidNumber}. */
  private static String option(String field) {
    return "--" + field.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
