/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.task.TaskAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code allocate NAME...|--filter F [--dry-run]}: a line for every owner, in order. */
final class AllocateCommand implements Action {
  /** Owners of a request. A dry run is one request: the next would show the same ranges again. */
  private static final int CHUNK = 500;

  private static final int UNAVAILABLE = 503;

  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("*").metavar("NAME").help("accounts");
    parser
        .addArgument("--filter")
        .metavar("FILTER")
        .help("all entitled accounts that this LDAP filter matches");
    parser
        .addArgument("--dry-run")
        .dest("dryRun")
        .action(Arguments.storeTrue())
        .help("say what would be done, and change nothing");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    List<String> names = names(arguments, service);
    boolean dryRun = arguments.getBoolean("dryRun");
    Progress progress = new Progress("owners", names.size());
    int refused = 0;
    int size = dryRun ? names.size() : CHUNK;
    // lines that may be granted when they are asked for again: 503
    AtomicInteger later = new AtomicInteger();
    for (int from = 0; from < names.size(); from += size) {
      List<String> chunk = names.subList(from, Math.min(from + size, names.size()));
      refused += allocate(service, chunk, dryRun, from, progress, later);
    }
    Output.notice(
        "%d owners asked for, %d refused%s"
            .formatted(names.size(), refused, dryRun ? "; a dry run, nothing was changed" : ""));
    if (refused > 0) {
      throw new CommandFailed(
          refused > later.get() ? CommandStatus.REFUSED : CommandStatus.TRY_AGAIN, "");
    }
  }

  private static List<String> names(Namespace arguments, ServiceClient service) {
    List<String> names = arguments.getList("name");
    String filter = arguments.getString("filter");
    if (names.isEmpty() == (filter == null)) {
      throw new CommandFailed(CommandStatus.USAGE, "give either names or --filter");
    }
    if (filter == null) {
      return names;
    }
    TaskAnswer answer = service.task("accounts", Map.of("filter", filter), "");
    Output.notice(answer.summary());
    return answer.lines();
  }

  private static int allocate(
      ServiceClient service,
      List<String> names,
      boolean dryRun,
      int before,
      Progress progress,
      AtomicInteger later) {
    String lines =
        names.stream()
            .map(n -> ServiceClient.mapper().createObjectNode().put("name", n) + "\n")
            .collect(Collectors.joining());
    AtomicInteger refused = new AtomicInteger();
    service.postLines(
        "/v1/owners/batch?dryRun=" + dryRun,
        lines,
        line -> {
          JsonNode result = parsed(line);
          Output.line(Printed.batchLine(result));
          refused.addAndGet(result.has("refused") ? 1 : 0);
          later.addAndGet(result.at("/refused/status").asInt() == UNAVAILABLE ? 1 : 0);
          progress.at(before + result.path("line").asInt());
        });
    return refused.get();
  }

  private static JsonNode parsed(String line) {
    try {
      return ServiceClient.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new CommandFailed(CommandStatus.UNAVAILABLE, "not a result line: " + line, e);
    }
  }
}
