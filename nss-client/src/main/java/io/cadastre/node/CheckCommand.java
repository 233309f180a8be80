/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.check.CheckRunner;
import io.cadastre.node.check.CheckRunner.Result;
import io.cadastre.node.check.CheckRunner.Wanted;
import io.cadastre.node.check.Verdict;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cadastre-node check}: exit status 65 if a check failed. */
@Command(
    name = "check",
    description = {
      "Checks whether rootless containers can run on this node.",
      "Prints the checks N01 to N25, each as pass, warn, fail, unknown or not applicable, with what was"
          + " seen and what to do. Nothing is changed, and nothing needs root; what could not be"
          + " looked at is unknown."
    })
final class CheckCommand implements Callable<Integer> {
  private static final String ROOT = "root";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();
  @Mixin private StorageOptions storage = new StorageOptions();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Whose containers are to run; default: who calls, unless it is root")
  private Optional<String> user = Optional.empty();

  @Option(names = "--all-users", description = "Everybody who has a range on this node, in turn")
  private boolean everybody;

  @Option(
      names = "--probe",
      description =
          "Try as well: Podman is started as the user, in a session without a terminal, a file of a"
              + " moment is given away below the graphroot, another one an attribute. Podman's pause"
              + " process stays. Takes root, or being that user")
  private boolean probing;

  @Option(names = "--failures-only", description = "Print what failed, and what is a warning")
  private boolean failuresOnly;

  @Option(names = "--json", description = "Print a JSON object, with the facts that were gathered")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    if (everybody && user.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--user and --all-users exclude each other");
    }
    NodeTree tree = node.tree();
    if (probing && !tree.live()) {
      throw new ParameterException(
          spec.commandLine(), "--probe acts on the running system, and --root names another tree");
    }
    Wanted wanted = new Wanted(probing, storage.engine(spec), storage.nodemap(spec));
    CheckRunner checkup =
        CheckRunner.of(tree, NodeFiles.settings(tree), NodeFiles.acceptances(tree), wanted);
    List<String> names = names(checkup);
    List<Result> results = new ArrayList<>(checkup.node(names.isEmpty()));
    List<Map<String, Object>> users = new ArrayList<>();
    for (String name : names) {
      List<Result> his = checkup.user(name, users::add);
      users.get(users.size() - 1).put("checks", objects(his));
      results.addAll(his);
    }
    Terminal terminal = Terminal.of(spec);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("checks", objects(results.stream().filter(r -> r.user().isEmpty()).toList()));
      object.put("users", users);
      terminal.exact(Json.of(object));
    } else {
      results.stream()
          .sorted((a, b) -> users.size() > 1 ? 0 : a.check().compareTo(b.check()))
          .filter(this::shown)
          .forEach(result -> print(terminal, result));
      terminal.line(summary(results));
    }
    return results.stream().anyMatch(r -> r.outcome().verdict() == Verdict.FAIL)
        ? ExitStatus.DATA_REFUSED
        : ExitStatus.OK;
  }

  private List<String> names(CheckRunner checkup) throws NodeFailure {
    if (everybody) {
      return checkup.everybody();
    }
    // Root's own containers are not rootless.
    return user
        .or(() -> Optional.of(CheckRunner.self()).filter(name -> !name.equals(ROOT)))
        .stream()
        .toList();
  }

  private boolean shown(Result result) {
    Verdict verdict = result.outcome().verdict();
    return !failuresOnly || verdict == Verdict.FAIL || verdict == Verdict.WARN;
  }

  private List<Map<String, Object>> objects(List<Result> results) {
    return results.stream().filter(this::shown).map(CheckCommand::object).toList();
  }

  private static Map<String, Object> object(Result result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("check", result.check().name());
    object.put("title", result.check().title());
    object.put("verdict", result.outcome().verdict().word());
    object.put("why", result.outcome().why());
    object.put("remedy", result.outcome().remedy());
    return object;
  }

  private static void print(Terminal terminal, Result result) {
    terminal.line(
        "%s %-14s %s%s: %s"
            .formatted(
                result.check(),
                result.outcome().verdict().word(),
                result.user().map(name -> name + ": ").orElse(""),
                result.check().title(),
                result.outcome().why()));
    if (!result.outcome().remedy().isEmpty()) {
      terminal.line("    remedy: " + result.outcome().remedy());
    }
  }

  private static String summary(List<Result> results) {
    Map<Verdict, Long> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.outcome().verdict(),
                    () -> new EnumMap<>(Verdict.class),
                    Collectors.counting()));
    return "%d checks: %s"
        .formatted(
            results.size(),
            counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().word())
                .collect(Collectors.joining(", ")));
  }
}
