/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.node.check.Checkup;
import cadastre.node.check.Checkup.Wanted;
import cadastre.node.failure.ExitStatus;
import cadastre.node.failure.NodeFailure;
import cadastre.node.tree.NodeTree;
import cadastre.subid.Severity;
import cadastre.subid.fitness.Explanation;
import cadastre.subid.fitness.StorageFinding;
import cadastre.subid.storage.EffectiveStorage;
import cadastre.subid.storage.Refusal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cadastre-node storage-conf}: the right file for the node, or what its own come to. */
@Command(
    name = "storage-conf",
    description = {
      "Writes a storage.conf that is right for this node and user to standard output.",
      "With --explain it says what Podman makes of the files that are there, and what is wrong with"
          + " them: exit status 65 if something is."
    })
final class StorageConfCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();
  @Mixin private StorageOptions storage = new StorageOptions();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Whose containers are to run; default: who calls")
  private Optional<String> user = Optional.empty();

  @Option(names = "--explain", description = "Say what the files that are there come to")
  private boolean explain;

  @Option(names = "--json", description = "Explain as a JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    if (json && !explain) {
      throw new ParameterException(spec.commandLine(), "--json goes with --explain");
    }
    NodeTree tree = node.tree();
    Wanted wanted = new Wanted(false, storage.engine(spec), storage.nodemap(spec));
    Checkup checkup =
        Checkup.of(tree, NodeFiles.settings(tree), NodeFiles.acceptances(tree), wanted);
    String name = user.orElseGet(Checkup::self);
    Terminal terminal = Terminal.of(spec);
    if (!explain) {
      terminal.exactText(checkup.storageConf(name));
      return ExitStatus.OK;
    }
    Explanation explanation = checkup.explanation(name);
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
  }

  private static void print(Terminal terminal, EffectiveStorage effective) {
    terminal.line(
        "files: "
            + (effective.files().isEmpty()
                ? "none, only defaults count"
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
    found.instead().ifPresent(text -> text.lines().forEach(line -> terminal.line("    > " + line)));
  }
}
