/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.NodeJson;
import io.cadastre.service.api.NodesJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.cli.ServiceCommand.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code nodes [--stale AGE] [--json]}: a line for each node; with {@code --stale} only those whose
 * last report is older, and exit status 65 if there is one, for cron.
 */
final class NodesCommand implements Action {
  private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,3})([mhd])");
  private static final int PAGE = 1000;

  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--stale")
        .metavar("AGE")
        .help(
            "only nodes whose last report is older than AGE, such as 90m, 12h or 2d; exit 65 if"
                + " there is one");
    JsonOption.add(parser, "print the nodes as JSON");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    Optional<Duration> stale =
        Optional.ofNullable(arguments.getString("stale")).map(NodesCommand::age);
    NodesJson all = all(service);
    List<NodeJson> shown =
        all.nodes().stream()
            .filter(node -> stale.isEmpty() || node.age() > stale.get().toSeconds())
            .toList();
    if (JsonOption.isGiven(arguments)) {
      Output.exact(
          JsonForm.pretty(new NodesJson(all.ledger(), all.serial(), shown, Optional.empty())));
    } else {
      shown.forEach(node -> Output.line(line(node)));
    }
    Output.notice(
        "%d nodes%s; %d are not at serial %d, %d are unverified"
            .formatted(
                all.nodes().size(),
                stale.map(age -> ", %d of them stale".formatted(shown.size())).orElse(""),
                all.nodes().stream().filter(node -> !node.current()).count(),
                all.serial(),
                all.nodes().stream().filter(NodeJson::unverified).count()));
    if (stale.isPresent() && !shown.isEmpty()) {
      throw new CommandFailed(CommandStatus.FINDINGS, "");
    }
  }

  private static Duration age(String text) {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      throw new CommandFailed(
          CommandStatus.USAGE,
          "--stale %s: an age is 1 to 9999 and one of m, h, d, such as 2d".formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static NodesJson all(ServiceClient service) {
    Map<String, Object> query = new TreeMap<>(Map.of("limit", PAGE));
    List<NodeJson> nodes = new ArrayList<>();
    while (true) {
      NodesJson page = service.get(Paths.NODES, query, NodesJson.class);
      nodes.addAll(page.nodes());
      if (page.next().isEmpty()) {
        return new NodesJson(page.ledger(), page.serial(), nodes, Optional.empty());
      }
      query.put("cursor", page.next().get());
    }
  }

  /** {@code n1.example.org: serial 42, current, 5 min ago, files; 2 rows held; unverified}. */
  private static String line(NodeJson node) {
    return "%s: serial %d, %s, %s ago, %s%s%s%s"
        .formatted(
            node.node(),
            node.serial(),
            node.current() ? "current" : "not current",
            ago(Duration.ofSeconds(node.age())),
            node.mode(),
            node.held() == 0 ? "" : "; %d rows held".formatted(node.held()),
            node.findingCount()
                .filter(count -> count > 0)
                .map(count -> "; %d warnings".formatted(count))
                .orElse(""),
            node.unverified() ? "; unverified" : "");
  }

  private static String ago(Duration age) {
    if (age.compareTo(Duration.ofHours(3)) < 0) {
      return age.toMinutes() + " min";
    }
    return age.compareTo(Duration.ofDays(3)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
