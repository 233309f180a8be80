/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.fetch.ServiceUnavailable;
import io.cadastre.node.fetch.Services;
import io.cadastre.node.fetch.Services.Fetched;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.EtcLock;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.node.tree.TreeRemoval;
import io.cadastre.node.tree.TreeWriter;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One run of {@code cadastre-node sync}: fetch, check, render, write. A fetched snapshot and the
 * last good one are checked and rendered in the same way, so that a file that was edited by hand is
 * repaired even if the service is down.
 */
public final class Sync {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

  /**
   * The result of a sync.
   *
   * @param serial the serial of the snapshot that is served now
   * @param rows the number of its rows
   * @param replaced the files that changed, or would have changed in a dry run
   * @param warnings breaches that an acceptance lets pass, and warnings
   * @param holds how many rows the node does not serve
   * @param held the same rows with the reason of each; none if nothing changed since the last sync
   * @param unavailable why the service gave no snapshot, if the last good one is still served
   * @param seen what the service told of the event log
   */
  public record Result(
      long serial,
      int rows,
      List<Replacement> replaced,
      List<Finding> warnings,
      int holds,
      List<Hold> held,
      Optional<String> unavailable,
      Optional<Sighting> seen) {

    /** This result with one more warning. */
    Result warning(Finding finding) {
      List<Finding> all = new ArrayList<>(warnings);
      all.add(finding);
      return new Result(serial, rows, replaced, all, holds, held, unavailable, seen);
    }
  }

  private final NodeTree tree;
  private final Services services;
  private final SyncOptions options;
  private final Consumer<String> notice;

  private Sync(NodeTree tree, Services services, SyncOptions options, Consumer<String> notice) {
    this.tree = tree;
    this.services = services;
    this.options = options;
    this.notice = notice;
  }

  /**
   * The answer of the service: a snapshot, or the reason why there is none. Neither if nothing is
   * new (304).
   */
  private record Answer(Optional<Fetched> fetched, Optional<String> unavailable) {}

  /**
   * Fetches the snapshot of the registry and makes the files of a node serve it. If nothing changed
   * it takes no lock, and writes only the files of {@link OutcomeFiles}.
   *
   * @param notice receives a message when the run has to wait for a service, and a warning if a
   *     file of {@link OutcomeFiles} cannot be written
   * @throws SyncRefused if a guard refuses the snapshot; no file was changed
   * @throws ServiceUnavailable if there is no snapshot to serve
   * @throws PluginIsOff if no program of a running system would read the map
   */
  public static Result run(NodeTree tree, SyncOptions options, Consumer<String> notice)
      throws IOException, NodeFailure {
    return run(tree, options, notice, OutcomeFiles.of(tree, options, notice));
  }

  /** As {@link #run(NodeTree, SyncOptions, Consumer)}; the outcome is recorded in these files. */
  static Result run(
      NodeTree tree, SyncOptions options, Consumer<String> notice, Optional<OutcomeFiles> outcome)
      throws IOException, NodeFailure {
    NodeSettings settings = options.settings();
    try {
      PluginSwitch.requireFor(tree, settings.mode());
      Services services = Services.open(tree, settings);
      try {
        Result result = new Sync(tree, services, options, notice).run();
        return outcome.isPresent()
            ? recorded(outcome.get(), result, services, settings, notice)
            : result;
      } catch (SyncRefused e) {
        outcome.ifPresent(files -> files.refused(e.rule(), services.reply()));
        throw e;
      }
    } catch (NodeFailure | IOException e) {
      outcome.ifPresent(OutcomeFiles::failed);
      throw e;
    }
  }

  /** An image and a dry run record and report nothing. */
  private static Result recorded(
      OutcomeFiles outcome,
      Result result,
      Services services,
      NodeSettings settings,
      Consumer<String> notice) {
    Result recorded = outcome.succeeded(result);
    if (settings.reporting().on()) {
      new NodeReporter(outcome.tree(), settings, notice)
          .after(recorded, services, outcome.clock().instant());
    }
    return recorded;
  }

  private Result run() throws IOException, NodeFailure {
    Optional<Settled> settled = Settled.find(tree, options);
    if (settled.isPresent()) {
      Answer answer = ask(settled.get().state().etag());
      return answer.fetched().isPresent()
          ? serve(NodeState.read(tree), answer.fetched().get(), answer.unavailable())
          : unchanged(settled.get().state(), settled.get().holds(), answer.unavailable());
    }
    NodeState nodeState = NodeState.read(tree);
    Optional<Snapshot> last = nodeState.lastGood();
    if (last.isEmpty()) {
      Fetched first = services.fetchPatiently(options.settings().patience(), notice);
      return serve(nodeState, first, Optional.empty());
    }
    Answer answer = ask(LocalFiles.areAsLeft(nodeState) ? storedEtag(nodeState) : Optional.empty());
    Fetched again = new Fetched(last.get(), storedEtag(nodeState));
    return serve(nodeState, answer.fetched().orElse(again), answer.unavailable());
  }

  private static boolean isNew(NodeState nodeState, Snapshot snapshot) {
    return nodeState
        .lastState()
        .filter(state -> state.serial() == snapshot.serial())
        .filter(state -> state.ledger().equals(Optional.of(snapshot.ledger())))
        .isEmpty();
  }

  private Result unchanged(SyncState state, int holds, Optional<String> unavailable) {
    return new Result(
        state.serial(),
        state.rows(),
        List.of(),
        List.of(),
        holds,
        List.of(),
        unavailable,
        state.ledger().isPresent() ? seen(state.ledger().get(), false) : Optional.empty());
  }

  /** What the last answer told; empty if there was none. */
  private Optional<Sighting> seen(UUID ledger, boolean isNew) {
    Optional<EventHead> head = services.head();
    return head.isPresent()
        ? Optional.of(new Sighting(ledger, head.get(), isNew))
        : Optional.empty();
  }

  private Answer ask(Optional<String> etag) throws NodeFailure {
    try {
      return new Answer(services.fetch(etag, options.settings().timeout()), Optional.empty());
    } catch (ServiceUnavailable e) {
      return new Answer(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** The entity tag of the stored snapshot, if the file is the one that the last sync stored. */
  private static Optional<String> storedEtag(NodeState nodeState) {
    return nodeState
        .lastState()
        .filter(
            state ->
                nodeState
                    .snapshot()
                    .filter(file -> new Checksum().add(file.bytes()).hex().equals(state.snapshot()))
                    .isPresent())
        .flatMap(SyncState::etag);
  }

  @SuppressWarnings("try") // the lock is held for its scope
  private Result serve(NodeState nodeState, Fetched offer, Optional<String> unavailable)
      throws IOException, NodeFailure {
    Plan plan = Plan.of(nodeState, offer.snapshot(), offer.etag(), options);
    if (!plan.isEmpty() && !options.dryRun()) {
      tree.createStateDirectory();
      try (EtcLock lock = EtcLock.acquire(tree, LOCK_PATIENCE)) {
        // Another program may have written before the lock was acquired.
        plan = Plan.of(NodeState.read(tree), offer.snapshot(), offer.etag(), options);
        TreeWriter.write(tree, plan.replacements());
        if (plan.leavesNext()) {
          TreeRemoval.remove(tree, tree.next());
        }
      }
    }
    return new Result(
        offer.snapshot().serial(),
        offer.snapshot().rows().size(),
        plan.shown(tree),
        plan.warnings(),
        Served.rules(plan.held()).size(),
        plan.held(),
        unavailable,
        seen(offer.snapshot().ledger(), isNew(nodeState, offer.snapshot())));
  }
}
