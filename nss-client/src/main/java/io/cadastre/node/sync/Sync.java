/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.fetch.Fetched;
import io.cadastre.node.fetch.ServiceUnavailable;
import io.cadastre.node.fetch.Services;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.EtcLock;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeWriter;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of {@code cadastre-node sync}: fetch, judge, render, write. A snapshot is judged and
 * rendered in the same way whether it was fetched now or is the last good one, so a file edited by
 * hand heals while the service is away.
 */
public final class Sync {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

  private final NodeTree tree;
  private final Services services;
  private final SyncOptions orders;
  private final Consumer<String> notice;

  /**
   * A run on this tree.
   *
   * @param notice told when it has to wait for a service
   */
  public Sync(NodeTree tree, Services services, SyncOptions orders, Consumer<String> notice) {
    this.tree = tree;
    this.services = services;
    this.orders = orders;
    this.notice = notice;
  }

  /** What the service said; neither a snapshot nor a reason if it has nothing new (304). */
  private record Answer(Optional<Fetched> fetched, Optional<String> unavailable) {}

  /**
   * Runs once. Without a change nothing is written and no lock is taken.
   *
   * @throws io.cadastre.node.guard.SyncRefused if a guard refuses; the files are as they were
   * @throws ServiceUnavailable if there is nothing to serve
   */
  public SyncResult run() throws IOException, NodeFailure {
    NodeState present = NodeState.read(tree);
    Optional<SyncState> settled =
        present
            .lastState()
            .filter(state -> !orders.adopt())
            .filter(state -> state.inputs().equals(present.inputs(orders.fingerprint())));
    if (settled.isPresent()) {
      Answer answer = ask(settled.get().etag());
      return answer.fetched().isPresent()
          ? serve(present, answer.fetched().get(), answer.unavailable())
          : SyncResult.unchanged(settled.get(), answer.unavailable());
    }
    Optional<Snapshot> last = present.lastGood();
    if (last.isEmpty()) {
      Fetched first = services.fetchPatiently(orders.settings().patience(), notice);
      return serve(present, first, Optional.empty());
    }
    Answer answer = ask(isServed(present) ? storedEtag(present) : Optional.empty());
    Fetched again = new Fetched(last.get(), storedEtag(present));
    return serve(present, answer.fetched().orElse(again), answer.unavailable());
  }

  private Answer ask(Optional<String> etag) throws NodeFailure {
    try {
      return new Answer(services.fetch(etag, orders.settings().timeout()), Optional.empty());
    } catch (ServiceUnavailable e) {
      return new Answer(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** The entity tag of the stored snapshot, if it is what the last sync stored. */
  private static Optional<String> storedEtag(NodeState present) {
    return present
        .lastState()
        .filter(
            state ->
                present
                    .snapshot()
                    .filter(file -> new Checksum().add(file.bytes()).hex().equals(state.snapshot()))
                    .isPresent())
        .flatMap(SyncState::etag);
  }

  /** Whether both blocks and the map are as the last sync left them. */
  private static boolean isServed(NodeState present) throws NodeFailure {
    String served =
        Rendering.served(
            present.managed(IdType.SUBUID), present.managed(IdType.SUBGID), present.map());
    return present.lastState().filter(state -> state.served().equals(served)).isPresent();
  }

  @SuppressWarnings("try") // the lock is held, not used
  private SyncResult serve(NodeState present, Fetched offer, Optional<String> unavailable)
      throws IOException, NodeFailure {
    Plan plan = Plan.of(present, offer.snapshot(), offer.etag(), orders);
    if (!plan.replacements().isEmpty() && !orders.dryRun()) {
      tree.createStateDirectory();
      try (EtcLock lock = EtcLock.of(tree, LOCK_PATIENCE)) {
        // Somebody may have written between the first look and the lock.
        plan = Plan.of(NodeState.read(tree), offer.snapshot(), offer.etag(), orders);
        TreeWriter.write(tree, plan.replacements());
      }
    }
    return new SyncResult(
        offer.snapshot().serial(),
        offer.snapshot().rows().size(),
        plan.replacements(),
        plan.warnings(),
        unavailable);
  }
}
