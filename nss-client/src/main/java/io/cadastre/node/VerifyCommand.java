/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.sync.Verification;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node verify}: exit status 65 if the node does not serve what it last accepted.
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

  @Override
  public Integer call() throws IOException, NodeFailure {
    NodeTree tree = node.tree();
    Verification.Result result =
        Verification.run(
            NodeState.read(tree), NodeFiles.settings(tree), NodeFiles.acceptances(tree));
    boolean good = result.good() && !(noHolds && !result.held().isEmpty());
    Terminal terminal = Terminal.of(spec);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("findings", result.findings().stream().map(Json::finding).toList());
      object.put("held", result.held().stream().map(Json::hold).toList());
      terminal.exact(Json.of(object));
    } else {
      terminal.findings(result.findings());
      terminal.holds(result.held(), result.serial());
      if (good) {
        terminal.line(
            "the node serves what it last accepted"
                + (result.held().isEmpty() ? "" : ", but for the rows that it holds"));
      }
    }
    return good ? ExitStatus.OK : ExitStatus.DATA_REFUSED;
  }
}
