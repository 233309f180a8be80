/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.check.CheckRunner;
import io.cadastre.node.check.CheckRunner.Options;
import io.cadastre.node.check.CheckRunner.Result;
import io.cadastre.node.check.Verdict;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.json.Json;
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

/** {@code cadastre-node check}: exit status 65 if a check fails. */
@Command(
    name = "check",
    description = {
      "Checks whether rootless containers can run on this node.",
      "Prints the checks N01 to N32, each as pass, warn, fail, unknown or not applicable, with what was"
          + " seen and what to do. Changes nothing and does not need root; a check is unknown if"
          + " what it needs cannot be seen."
    })
final class CheckCommand implements Callable<Integer> {
  private static final String ROOT = "root";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();
  @Mixin private StorageOptions storage = new StorageOptions();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "The user whose containers run, by name or else by uid; default: the caller, unless it is"
              + " root")
  private Optional<String> user = Optional.empty();

  @Option(names = "--all-users", description = "Check all users that have a range on this node")
  private boolean allUsers;

  @Option(
      names = "--probe",
      description =
          "Also act as the user: start Podman in a session without a terminal, change the owner of a"
              + " temporary file below the graphroot, and set an attribute on another. Podman's pause"
              + " process remains. Needs root, or to be that user")
  private boolean probing;

  @Option(names = "--failures-only", description = "Print only failures and warnings")
  private boolean failuresOnly;

  @Option(names = "--json", description = "Print a JSON object, with the facts that were collected")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    if (allUsers && user.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--user and --all-users exclude each other");
    }
    NodeTree tree = node.tree();
    if (probing && !tree.live()) {
      throw new ParameterException(
          spec.commandLine(), "--probe needs the running system, but --root names another tree");
    }
    Options options = new Options(probing, storage.engine(spec), storage.nodemap(spec));
    CheckRunner runner =
        CheckRunner.open(tree, NodeFiles.settings(tree), NodeFiles.acceptances(tree), options);
    List<String> names = names(runner);
    List<Result> results = new ArrayList<>(runner.checkNode(names.isEmpty()));
    List<Map<String, Object>> users = new ArrayList<>();
    for (String name : names) {
      List<Result> ofUser = runner.checkUser(name, users::add);
      users.get(users.size() - 1).put("checks", objects(ofUser));
      results.addAll(ofUser);
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

  private List<String> names(CheckRunner runner) throws NodeFailure {
    if (allUsers) {
      return runner.usersWithRanges();
    }
    // Containers of root are not rootless.
    return user
        .or(() -> Optional.of(CheckRunner.callerName()).filter(name -> !name.equals(ROOT)))
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
