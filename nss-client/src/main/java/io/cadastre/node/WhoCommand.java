/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.RangeIndex;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node who}: finds the owners of IDs in the stored snapshot. Without arguments it
 * is a filter: for each line of standard input it prints one line, in order.
 */
@Command(
    name = "who",
    description = {
      "Prints the owners of subordinate IDs, from the stored snapshot.",
      "Prints one line for each ID: the ID, the owner, the owner's uid, and the ID inside a container"
          + " that maps the owner's range from 1 on; \"-\" if the ID has no owner."
    })
final class WhoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "-g", description = "Look up subordinate gids instead of uids")
  private boolean gids;

  @Option(names = "--json", description = "Print one JSON object a line")
  private boolean json;

  @Parameters(
      paramLabel = "ID",
      description = "IDs as the host shows them; default: read from standard input, one a line")
  private List<String> ids = List.of();

  @Override
  public Integer call() throws IOException, NodeFailure {
    IdType type = gids ? IdType.SUBGID : IdType.SUBUID;
    RangeIndex index =
        NodeState.read(node.tree())
            .lastGood()
            .map(snapshot -> RangeIndex.of(snapshot, type))
            .orElseThrow(
                () ->
                    new TreeUnfit(
                        ExitStatus.TRY_AGAIN,
                        "there is no stored snapshot; run cadastre-node sync"));
    boolean all = true;
    if (!ids.isEmpty()) {
      for (String id : ids) {
        all &= print(index, id);
      }
    } else {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        all &= print(index, line.strip());
      }
    }
    return all ? ExitStatus.OK : ExitStatus.NO_OWNER;
  }

  /** Prints one line; returns whether the ID has an owner. */
  private boolean print(RangeIndex index, String id) {
    Optional<SnapshotRow> row = parse(id).flatMap(range -> index.touching(range));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", id);
    row.ifPresent(
        owner -> {
          line.put("owner", owner.name().value());
          line.put("uid", owner.uidNumber());
          // Podman maps the uid of the user to 0, and the range from 1 on.
          line.put("inside", Long.parseLong(id) - owner.range(index.type()).start() + 1);
        });
    Terminal terminal = Terminal.of(spec);
    if (json) {
      terminal.exact(Json.of(line));
    } else {
      terminal.line(
          row.isEmpty()
              ? id + " -"
              : String.join(" ", line.values().stream().map(Object::toString).toList()));
    }
    return row.isPresent();
  }

  private static Optional<IdRange> parse(String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[0-9]{1,10}"))
        .map(Long::parseLong)
        .filter(number -> number <= IdRange.MAX_ID)
        .map(number -> new IdRange(number, 1));
  }
}
