/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.json.Json;
import io.cadastre.node.sync.Heads;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.Witness;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node heads}: prints the witnesses of this node to standard output, and where two
 * of them contradict each other to standard error. Uses no network.
 */
@Command(
    name = "heads",
    description = {
      "Prints the newest events of the ledger as the service told them to this node.",
      "One line each, oldest first: NODE LEDGER NUMBER HASH TIME. Each is a witness against a later"
          + " change of the event log: \"cadastre events verify EXPORT --heads FILE\" takes the"
          + " lines of many nodes. At least the newest 1000 are kept: one for each new serial, and"
          + " one a day."
    })
final class HeadsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--json", description = "Print a JSON array of objects")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    NodeTree tree = node.tree();
    Heads heads = Heads.read(tree);
    List<Witness> witnesses = heads.witnesses();
    String name = NodeFiles.hostName(tree);
    Terminal terminal = Terminal.of(spec);
    if (json) {
      terminal.exact(Json.of(witnesses.stream().map(each -> object(name, each)).toList()));
    } else {
      witnesses.forEach(each -> terminal.exact(name + " " + each));
    }
    if (witnesses.isEmpty()) {
      terminal.error("this node keeps no heads yet: \"cadastre-node sync\" keeps the first one");
    }
    terminal.findings(heads.contradictions(tree));
    return ExitStatus.OK;
  }

  private static Map<String, Object> object(String name, Witness witness) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("node", name);
    object.put("ledger", witness.ledger());
    object.put("event", witness.head().number());
    object.put("hash", witness.head().hash());
    object.put("at", witness.at());
    return object;
  }
}
