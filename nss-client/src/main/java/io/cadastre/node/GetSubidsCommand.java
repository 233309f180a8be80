/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.check.NodeAccounts;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.json.Json;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node getsubids}: prints the ranges of an owner from the files of the node, in the
 * format of getsubids(1). Uses no network.
 */
@Command(
    name = "getsubids",
    description = "Prints the subordinate IDs of an owner from the files of this node.")
final class GetSubidsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "-g", description = "Print subordinate gids instead of uids")
  private boolean gids;

  @Option(names = "--json", description = "Print a JSON array of ranges")
  private boolean json;

  @Parameters(paramLabel = "OWNER", description = "A login name or a uid")
  private String owner = "";

  @Override
  public Integer call() throws IOException, NodeFailure {
    NodeTree tree = node.tree();
    NodeSettings settings = NodeFiles.settings(tree);
    NodeState nodeState = NodeState.read(tree);
    IdType type = gids ? IdType.SUBGID : IdType.SUBUID;
    List<SubidRow> rows = new NodeAccounts(nodeState, settings).ranges(owner).rows(type);
    Terminal terminal = Terminal.of(spec);
    if (rows.isEmpty()) {
      terminal.error("%s has no %s range on this node".formatted(owner, type.word()));
      return ExitStatus.NO_OWNER;
    }
    if (json) {
      terminal.exact(Json.of(rows.stream().map(GetSubidsCommand::object).toList()));
      return ExitStatus.OK;
    }
    for (int i = 0; i < rows.size(); i++) {
      IdRange range = rows.get(i).range();
      terminal.exact("%d: %s %d %d".formatted(i, owner, range.start(), range.count()));
    }
    return ExitStatus.OK;
  }

  private static Map<String, Object> object(SubidRow row) {
    return new TreeMap<>(Map.of("start", row.range().start(), "count", row.range().count()));
  }
}
