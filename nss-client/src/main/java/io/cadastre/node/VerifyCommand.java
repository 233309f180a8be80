/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.json.Json;
import io.cadastre.node.settings.Monitoring;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.SettingValue;
import io.cadastre.node.sync.Contact;
import io.cadastre.node.sync.Heads;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.sync.Verification;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node verify}: exit status 65 if the node does not serve what it last accepted,
 * else 79 if its last contact with the service is too old.
 */
@Command(
    name = "verify",
    description = "Verifies, without the service, that the node serves what it last accepted.")
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--json", description = "Print the findings as a JSON object")
  private boolean json;

  @Option(names = "--no-holds", description = "Fail if the node holds rows of the snapshot back")
  private boolean noHolds;

  @Option(
      names = "--max-age",
      paramLabel = "AGE",
      description =
          "Exit with 79 if the last contact with the service is older, or unknown: 30m, 12h, 1d."
              + " Default: max-age of node.conf")
  private Optional<String> maxAge = Optional.empty();

  @Override
  public Integer call() throws IOException, NodeFailure {
    NodeTree tree = node.tree();
    NodeSettings settings = NodeFiles.settings(tree);
    Optional<Finding> stale = stale(tree, settings.monitoring());
    Verification.Result result =
        Verification.run(NodeState.read(tree), settings, NodeFiles.acceptances(tree));
    List<Finding> findings = new ArrayList<>(result.findings());
    boolean good = result.good() && !(noHolds && !result.held().isEmpty());
    stale.ifPresent(findings::add);
    findings.addAll(Heads.recentContradictions(tree, Instant.now()));
    Terminal terminal = Terminal.of(spec);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("findings", findings.stream().map(Json::finding).toList());
      object.put("held", result.held().stream().map(Json::hold).toList());
      terminal.exact(Json.of(object));
    } else {
      terminal.findings(findings);
      terminal.holds(result.held(), result.serial());
      if (good) {
        terminal.line(
            "the node serves what it last accepted"
                + (result.held().isEmpty() ? "" : ", but for the rows that it holds"));
      }
    }
    if (!good) {
      return ExitStatus.DATA_REFUSED;
    }
    return stale.isPresent() ? ExitStatus.STALE : ExitStatus.OK;
  }

  /** The last contact, if it is too old. A setting does not count in an image, the option does. */
  private Optional<Finding> stale(NodeTree tree, Monitoring monitoring)
      throws IOException, NodeFailure {
    Optional<Duration> limit = maxAge.map(this::age);
    if (limit.isEmpty() && Contact.isRecorded(tree)) {
      limit = monitoring.maxAge();
    }
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    Instant now = Instant.now();
    Contact contact = Contact.read(tree, now);
    return contact
        .stale(limit.get(), now)
        .map(
            why ->
                new Finding(
                    "stale",
                    Severity.ERROR,
                    tree.shown(tree.confirmed()),
                    why,
                    "run " + contact.nextStep()));
  }

  private Duration age(String value) {
    try {
      return SettingValue.age(value);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--max-age: " + e.getMessage());
    }
  }
}
