/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Rule;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.node.tree.UnsyncedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files that tell how the last sync ended: the time of the last contact and, if a file is set
 * for them, the metrics. No sync depends on them: a failure to write them is a warning. An image
 * gets none, since each node that boots from it would show the contact of the build.
 *
 * @param tree the tree of the node
 * @param metrics the file of the metrics, an absolute path
 * @param clock gives the time of an answer
 * @param warning receives a message if a file cannot be written
 */
record OutcomeFiles(
    NodeTree tree, Optional<Path> metrics, Clock clock, Consumer<String> warning) {

  /** The files of a sync; empty for an image and for a dry run. */
  static Optional<OutcomeFiles> of(NodeTree tree, SyncOptions options, Consumer<String> warning) {
    return tree.live() && !options.dryRun()
        ? Optional.of(
            new OutcomeFiles(
                tree, options.settings().monitoring().metrics(), Clock.systemUTC(), warning))
        : Optional.empty();
  }

  private interface Step {
    void take() throws IOException, TreeUnfit;
  }

  /** Records a sync that succeeded, with the answer of a service or without one. */
  void succeeded(Sync.Result result) {
    Instant now = clock.instant();
    if (result.unavailable().isEmpty()) {
      Contact contact = Contact.confirmedAt(now);
      attempt(tree.confirmed(), () -> contact.write(tree));
      metrics.ifPresent(file -> writeMetrics(file, () -> Metrics.of(result, contact)));
    } else {
      metrics.ifPresent(
          file -> writeMetrics(file, () -> Metrics.of(result, Contact.read(tree, now))));
    }
  }

  /**
   * Records a sync that a rule refused.
   *
   * @param answered whether a service had answered; otherwise the rule refused what the node has
   */
  void refused(Rule rule, boolean answered) {
    Instant now = clock.instant();
    if (answered) {
      attempt(
          tree.confirmed(),
          () -> {
            tree.createStateDirectory();
            Contact.read(tree, now).refusedAt(now, rule).write(tree);
          });
    }
    metrics.ifPresent(
        file ->
            writeMetrics(
                file,
                () -> {
                  NodeState node = NodeState.read(tree);
                  return Metrics.of(node.lastState(), node.holds(), Contact.read(tree, now));
                }));
  }

  private interface Figures {
    Metrics collect() throws IOException, TreeUnfit;
  }

  private void writeMetrics(Path file, Figures figures) {
    Path path = tree.root().resolve(Path.of("/").relativize(file));
    attempt(
        path,
        () ->
            new UnsyncedFile(tree, path)
                .replace(figures.collect().text().getBytes(StandardCharsets.UTF_8)));
  }

  private void attempt(Path file, Step step) {
    try {
      step.take();
    } catch (IOException | TreeUnfit e) {
      warning.accept(
          "warning: %s is not written (%s) and shows an earlier sync; its folder must exist and be writable for root, in the systemd unit by ReadWritePaths"
              .formatted(file, reason(e)));
    }
  }

  private static String reason(Exception e) {
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return e instanceof NoSuchFileException
        ? "there is no such folder"
        : String.valueOf(e.getMessage());
  }
}
