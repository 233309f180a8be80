/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.check.RangeOwners;
import io.cadastre.node.check.RangeOwners.RangeOwner;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.json.Json;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
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
 * {@code cadastre-node who}: finds the owners of IDs in the stored snapshot and in local rows.
 * Without arguments it is a filter: for each line of standard input it prints one line, in order.
 */
@Command(
    name = "who",
    description = {
      "Prints the owners of subordinate IDs, from the stored snapshot and from local rows.",
      "Prints one line for each ID: the ID, the owner, the owner's uid, and the ID inside a"
          + " container that maps the owner's range from 1 on; \"-\" if the ID has no owner, or in"
          + " place of a uid that is not known."
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
    NodeTree tree = node.tree();
    RangeOwners owners =
        RangeOwners.of(NodeState.read(tree), NodeFiles.settings(tree), type)
            .orElseThrow(
                () ->
                    new TreeUnfit(
                        ExitStatus.TRY_AGAIN,
                        "there is no stored snapshot, and no local row; run cadastre-node sync"));
    boolean all = true;
    if (!ids.isEmpty()) {
      for (String id : ids) {
        all &= print(owners, id);
      }
    } else {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        all &= print(owners, line.strip());
      }
    }
    return all ? ExitStatus.OK : ExitStatus.NO_OWNER;
  }

  /** Prints one line; returns whether the ID has an owner. */
  private boolean print(RangeOwners owners, String id) {
    Optional<RangeOwner> owner = parse(id).flatMap(owners::find);
    Terminal terminal = Terminal.of(spec);
    // Podman maps the uid of the user to 0, and the range from 1 on.
    Optional<Long> inside = owner.map(found -> Long.parseLong(id) - found.range().start() + 1);
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("id", id);
      owner.ifPresent(found -> line.put("owner", found.name()));
      owner.flatMap(RangeOwner::uid).ifPresent(uid -> line.put("uid", uid));
      inside.ifPresent(number -> line.put("inside", number));
      terminal.exact(Json.of(line));
    } else {
      terminal.line(
          owner
              .map(
                  found ->
                      "%s %s %s %d"
                          .formatted(
                              id,
                              found.name(),
                              found.uid().map(Object::toString).orElse("-"),
                              inside.orElseThrow()))
              .orElse(id + " -"));
    }
    return owner.isPresent();
  }

  private static Optional<Long> parse(String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[0-9]{1,10}"))
        .map(Long::parseLong)
        .filter(number -> number <= IdRange.MAX_ID);
  }
}
