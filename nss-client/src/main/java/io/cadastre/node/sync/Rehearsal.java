/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the syncs of a running system do, in a tree that is none: with the files of {@link
 * OutcomeFiles}, with and without a new snapshot. An archive of classes needs them all.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs a sync, one that renders everything, and one without news.
   *
   * @param notice as {@link Sync#run(NodeTree, SyncOptions, Consumer)} takes it
   */
  public static void run(NodeTree tree, SyncOptions options, Consumer<String> notice)
      throws IOException, NodeFailure {
    Optional<OutcomeFiles> files =
        Optional.of(
            new OutcomeFiles(
                tree, options.settings().monitoring().metrics(), Clock.systemUTC(), notice));
    SyncOptions whole =
        new SyncOptions(options.settings(), options.fromFiles(), Acceptances.NONE, true, true);
    Sync.run(tree, options, notice, files);
    Sync.run(tree, whole, notice, files);
    Sync.run(tree, options, notice, files);
  }
}
