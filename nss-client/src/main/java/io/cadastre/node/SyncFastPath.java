/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.Sync;
import io.cadastre.node.sync.SyncOptions;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The command lines of the timer and of an image build, {@code sync} and {@code sync --root DIR}.
 * Without picocli they need half the time (docs/decisions/0034). Otherwise they behave as in {@link
 * SyncCommand}.
 *
 * @param root the root of the tree
 */
record SyncFastPath(String root) {
  private static final String SYNC = "sync";

  /** Parses the arguments; empty if they need picocli. */
  static Optional<SyncFastPath> parse(String... args) {
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
    NodeTree tree = NodeTree.open(Path.of(root));
    NodeSettings settings = NodeFiles.settings(tree);
    if (settings.urls().isEmpty()) {
      return CommandTree.run(new String[] {SYNC, "--root", root}, terminal);
    }
    SyncOptions options =
        new SyncOptions(settings, NodeFiles.acceptances(tree), Acceptances.NONE, false, false);
    new SyncReport(tree, Sync.run(tree, options, new Notice(terminal)), false).print(terminal);
    if ("write".equals(System.getenv("CADASTRE_NODE_ARCHIVE"))) {
      rehearse(tree, options, new Notice(terminal));
    }
    return ExitStatus.OK;
  }

  /**
   * Does what the next syncs do, with and without a new snapshot: the launcher records the classes
   * of this process in an archive.
   */
  private static void rehearse(NodeTree tree, SyncOptions options, Notice notice)
      throws IOException {
    SyncOptions whole =
        new SyncOptions(options.settings(), options.fromFiles(), Acceptances.NONE, true, true);
    try {
      Sync.run(tree, options, notice);
      Sync.run(tree, whole, notice);
    } catch (NodeFailure e) {
      notice.accept("the archive of classes has less than a sync needs: " + e.getMessage());
    }
  }

  /** A named class, since a run that changes nothing has no lambda (docs/decisions/0083). */
  private record Notice(Terminal terminal) implements Consumer<String> {
    @Override
    public void accept(String message) {
      terminal.error(message);
    }
  }
}
