/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.fetch.Services.Reply;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.node.tree.UnsyncedFile;
import io.cadastre.subid.Finding;
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
 * The files that tell how the last sync ended: the time of the last contact, what was told of the
 * event log and, if a file is set for them, the metrics. No sync depends on them: a failure to
 * write them is a warning. An image gets none, since each node that boots from it would show the
 * contact of the build.
 *
 * @param tree the tree of the node
 * @param metrics the file of the metrics, an absolute path
 * @param clock gives the time of an answer
 * @param warning receives a message if a file cannot be written
 */
record OutcomeFiles(NodeTree tree, Optional<Path> metrics, Clock clock, Consumer<String> warning) {

  /** The files of a sync; empty for an image and for a dry run. */
  static Optional<OutcomeFiles> of(NodeTree tree, SyncOptions options, Consumer<String> warning) {
    return tree.live() && !options.dryRun()
        ? Optional.of(
            new OutcomeFiles(
                tree, options.settings().monitoring().metrics(), Clock.systemUTC(), warning))
        : Optional.empty();
  }

  /**
   * Records a sync that succeeded, with the answer of a service or without one.
   *
   * @return the result, with a warning if what the service told contradicts an earlier witness
   */
  Sync.Result succeeded(Sync.Result result) {
    Instant now = clock.instant();
    if (result.unavailable().isEmpty()) {
      Contact contact = Contact.confirmedAt(now);
      try {
        contact.write(tree);
      } catch (IOException | TreeUnfit e) {
        warnOfContact(e);
      }
      write(Metrics.of(result, contact));
    } else {
      write(Metrics.of(result, contact(now)));
    }
    return result.seen().isPresent() ? witnessed(result, result.seen().get(), now) : result;
  }

  private Sync.Result witnessed(Sync.Result result, Sighting sighting, Instant now) {
    try {
      Optional<Finding> contradiction = Heads.read(tree).add(tree, sighting, now);
      return contradiction.isPresent() ? result.warning(contradiction.get()) : result;
    } catch (IOException | TreeUnfit e) {
      warning.accept(
          "warning: %s is not written (%s): this node keeps no witness of the event log; remove what has its name, and make its folder writable for root"
              .formatted(tree.heads(), reason(e)));
      return result;
    }
  }

  /**
   * Records the contact of a sync that a rule refused; {@link #failed} writes its metrics.
   *
   * @param reply what a service had said: a 304 confirms the snapshot that the node has, even if a
   *     rule refuses it now for a reason on this node; without a reply the contact stays as it is
   */
  void refused(Rule rule, Reply reply) {
    Instant now = clock.instant();
    if (reply == Reply.NOTHING) {
      return;
    }
    try {
      tree.createStateDirectory();
      Contact before =
          reply == Reply.NOT_MODIFIED ? Contact.confirmedAt(now) : Contact.read(tree, now);
      before.refusedAt(now, rule).write(tree);
    } catch (IOException | TreeUnfit e) {
      warnOfContact(e);
    }
  }

  /** Writes the metrics of a sync that failed: of the snapshot that the node still serves. */
  void failed() {
    if (metrics.isEmpty()) {
      return;
    }
    try {
      NodeState node = NodeState.observe(tree);
      write(Metrics.of(node.lastState(), node.holds(), contact(clock.instant())));
    } catch (IOException | TreeUnfit e) {
      warnOfMetrics(file(metrics.get()), e);
    }
  }

  /** The contact on disk. A file that cannot be read cannot be written either, with a warning. */
  private Contact contact(Instant now) {
    try {
      return Contact.read(tree, now);
    } catch (IOException | TreeUnfit e) {
      return Contact.UNKNOWN;
    }
  }

  private void warnOfContact(Exception e) {
    warning.accept(
        "warning: %s is not written (%s): status, verify and check do not see this contact; remove what has its name, and make its folder writable for root"
            .formatted(tree.confirmed(), reason(e)));
  }

  private void write(Metrics figures) {
    if (metrics.isEmpty()) {
      return;
    }
    Path file = file(metrics.get());
    try {
      new UnsyncedFile(tree, file).replace(figures.text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException | TreeUnfit e) {
      warnOfMetrics(file, e);
    }
  }

  private void warnOfMetrics(Path file, Exception e) {
    warning.accept(
        "warning: %s is not written (%s)%s; its folder must exist and be writable for root, in the systemd unit by ReadWritePaths"
            .formatted(file, reason(e), exists(file) ? " and shows an earlier sync" : ""));
  }

  private Path file(Path absolute) {
    return tree.root().resolve(Path.of("/").relativize(absolute));
  }

  private boolean exists(Path file) {
    try {
      return tree.stat(file).isPresent();
    } catch (IOException | TreeUnfit e) {
      return false;
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
