/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.SyncOptions;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the timer runs on every node, {@code sync} or {@code sync --root DIR}: it costs half as much
 * without picocli (docs/decisions/0034). All else about it is as {@link SyncCommand} has it.
 *
 * @param root the tree to work on
 */
record SyncFastPath(String root) {
  private static final String SYNC = "sync";

  /** The run that these arguments ask for; empty if they take a parser. */
  static Optional<SyncFastPath> of(String... args) {
    List<String> words = List.of(args);
    if (words.equals(List.of(SYNC))) {
      return Optional.of(new SyncFastPath("/"));
    }
    return words.size() == 3
            && words.subList(0, 2).equals(List.of(SYNC, "--root"))
            && words.get(2).startsWith("/")
        ? Optional.of(new SyncFastPath(words.get(2)))
        : Optional.empty();
  }

  int run(Terminal terminal) throws IOException, NodeFailure {
    NodeTree tree = NodeTree.at(Path.of(root));
    NodeSettings settings = NodeFiles.settings(tree);
    if (settings.urls().isEmpty()) {
      return CommandTree.run(new String[] {SYNC, "--root", root}, terminal);
    }
    SyncOptions orders =
        new SyncOptions(settings, NodeFiles.acceptances(tree), Acceptances.NONE, false, false);
    return new SyncRun(tree, orders, false).run(terminal);
  }
}
