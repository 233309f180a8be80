/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.json.Json;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.Contact;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.sync.Verification;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cadastre-node status}: prints what the node serves, and its last contact. */
@Command(
    name = "status",
    description = "Prints what this node serves, and when it last reached the service.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--json", description = "Print a JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    NodeTree tree = node.tree();
    NodeSettings settings = NodeFiles.settings(tree);
    NodeState nodeState = NodeState.read(tree);
    Optional<Snapshot> snapshot = nodeState.lastGood();
    boolean good = Verification.run(nodeState, settings, NodeFiles.acceptances(tree)).good();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("mode", settings.mode().name().toLowerCase(Locale.ROOT));
    status.put("services", settings.urls());
    if (snapshot.isPresent()) {
      status.put("ledger", snapshot.get().ledger().toString());
      status.put("serial", snapshot.get().serial());
      status.put("rows", snapshot.get().rows().size());
      status.put("digest", snapshot.get().digest());
      tree.stat(tree.snapshot())
          .map(file -> file.modified().truncatedTo(ChronoUnit.SECONDS).toString())
          .ifPresent(changed -> status.put("changed", changed));
    }
    status.put("held", nodeState.holds());
    status.put("verified", good);
    Contact contact = Contact.read(tree, Instant.now());
    status.put("confirmed", shown(contact.confirmed()));
    status.put("answered", shown(contact.answered()));
    status.put("refused", contact.refusal().map(Rule::word).orElse("none"));
    Terminal terminal = Terminal.of(spec);
    if (json) {
      terminal.exact(Json.of(status));
    } else {
      status.forEach((key, value) -> terminal.line(key + ": " + value));
    }
    if (snapshot.isEmpty()) {
      return ExitStatus.TRY_AGAIN;
    }
    return good ? ExitStatus.OK : ExitStatus.DATA_REFUSED;
  }

  private static String shown(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("unknown");
  }
}
