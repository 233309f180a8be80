/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.check.CheckRunner;
import io.cadastre.node.check.CheckRunner.Options;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.json.Json;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.Refusal;
import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.StorageFinding;
import io.cadastre.storage.fitness.UpgradeChange;
import io.cadastre.storage.fitness.UpgradeDifference;
import io.cadastre.subid.Severity;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node storage-conf}: prints a storage.conf for the node, or explains the files
 * that it has.
 */
@Command(
    name = "storage-conf",
    description = {
      "Prints a storage.conf that fits this node and user.",
      "With --explain it prints the settings that Podman takes from the existing files, and what is"
          + " wrong with them; exit status 65 if there is an error. With --engine too it also prints"
          + " what changes against the installed Podman, why, and what to do before an upgrade."
    })
final class StorageConfCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();
  @Mixin private StorageOptions storage = new StorageOptions();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The user whose containers run, by name or else by uid; default: the caller")
  private Optional<String> user = Optional.empty();

  @Option(names = "--explain", description = "Explain the existing files")
  private boolean explain;

  @Option(
      names = "--installed",
      paramLabel = "VERSION",
      description =
          "With --explain and --engine: the Podman to compare with, as --engine takes it; default:"
              + " the installed one, or the first edition if there is none")
  private Optional<String> installed = Optional.empty();

  @Option(names = "--json", description = "Print the explanation as a JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    if (json && !explain) {
      throw new ParameterException(spec.commandLine(), "--json needs --explain");
    }
    Optional<Engine> asked = storage.engine(spec);
    if (installed.isPresent() && (asked.isEmpty() || !explain)) {
      throw new ParameterException(spec.commandLine(), "--installed needs --explain and --engine");
    }
    Optional<Engine> present =
        installed.map(version -> StorageOptions.engine(spec, "--installed", version));
    NodeTree tree = node.tree();
    Options options = new Options(false, asked, storage.nodemap(spec));
    CheckRunner runner =
        CheckRunner.open(tree, NodeFiles.settings(tree), NodeFiles.acceptances(tree), options);
    String name = user.orElseGet(CheckRunner::callerName);
    Terminal terminal = Terminal.of(spec);
    if (!explain) {
      terminal.exactText(runner.storageConf(name));
      return ExitStatus.OK;
    }
    Explanation explanation =
        asked.isPresent() ? runner.comparison(name, present) : runner.explanation(name);
    if (json) {
      terminal.exact(Json.of(explanation.tree()));
    } else {
      print(terminal, explanation);
    }
    return explanation.findings().stream()
            .anyMatch(found -> found.finding().severity() == Severity.ERROR)
        ? ExitStatus.DATA_REFUSED
        : ExitStatus.OK;
  }

  private static void print(Terminal terminal, Explanation explanation) {
    explanation
        .judgement()
        .refusal()
        .map(Refusal::reason)
        .ifPresent(reason -> terminal.line("refused: " + reason));
    explanation.judgement().effective().ifPresent(effective -> print(terminal, effective));
    explanation.findings().forEach(found -> print(terminal, found));
    explanation.difference().ifPresent(difference -> print(terminal, difference));
  }

  private static void print(Terminal terminal, UpgradeDifference difference) {
    terminal.line(
        "changes from %s to %s: %s"
            .formatted(
                difference.before().title(),
                difference.after().title(),
                difference.changes().isEmpty() ? "none" : difference.changes().size()));
    for (UpgradeChange change : difference.changes()) {
      terminal.line((change.breaks() ? "breaks: " : "change: ") + change.line());
      change.reason().ifPresent(why -> terminal.line("    since " + why));
      terminal.line("    remedy: " + change.advice().remedy());
      instead(terminal, change.advice().instead());
    }
  }

  private static void instead(Terminal terminal, Optional<String> text) {
    text.ifPresent(lines -> lines.lines().forEach(line -> terminal.line("    > " + line)));
  }

  private static void print(Terminal terminal, EffectiveStorage effective) {
    terminal.line(
        "files: "
            + (effective.files().isEmpty()
                ? "none, the defaults are in force"
                : String.join(", ", effective.files())));
    terminal.line("driver: " + effective.driver().value());
    terminal.line("graphroot: " + effective.graphroot().value());
    terminal.line("runroot: " + effective.runroot().value());
    effective
        .options()
        .forEach(
            option ->
                terminal.line(
                    "option: %s = %s (%s)"
                        .formatted(option.name(), option.value(), option.place())));
    terminal.line("ignore_chown_errors: " + effective.ignoreChownErrors().value());
  }

  private static void print(Terminal terminal, StorageFinding found) {
    terminal.line(
        "%s: %s: %s: %s"
            .formatted(
                found.finding().severity().word(),
                found.finding().rule(),
                found.finding().subject(),
                found.finding().message()));
    terminal.line("    remedy: " + found.finding().remedy());
    instead(terminal, found.instead());
  }
}
