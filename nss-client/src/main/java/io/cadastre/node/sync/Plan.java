/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Bindings;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that must change so that the node serves a snapshot, and the warnings of the guards.
 * Pure.
 *
 * @param replacements in the order of writing: first the files that serve owners, last the state
 * @param warnings breaches that an acceptance lets pass, and warnings
 */
record Plan(List<Replacement> replacements, List<Finding> warnings) {

  /**
   * Plans to serve {@code snapshot}.
   *
   * @throws io.cadastre.node.guard.SyncRefused if a guard refuses it
   */
  static Plan of(NodeState nodeState, Snapshot snapshot, Optional<String> etag, SyncOptions options)
      throws NodeFailure {
    Optional<Snapshot> last = nodeState.lastGood();
    Optional<SyncState> before = nodeState.lastState();
    Bindings bindings = before.map(SyncState::bound).orElse(Bindings.NONE);
    Acceptances accepted =
        bindings.holding(options.fromFiles(), snapshot).and(options.fromCommandLine());
    if (last.isEmpty() || last.get().digest().equals(snapshot.digest())) {
      // An acceptance holds on for the rows that it was given for, not for every snapshot of that
      // serial.
      accepted = accepted.and(before.map(SyncState::accepted).orElse(Acceptances.NONE));
    }
    GuardReport report = GuardReport.of(nodeState, last, snapshot, options, accepted);
    report.require(snapshot);
    Rendering rendering = Rendering.of(nodeState, snapshot, options);
    List<Replacement> all =
        new ArrayList<>(rendering.replacements(nodeState, options.settings().mode()));
    byte[] bytes = snapshot.render();
    all.add(new Replacement(nodeState.tree().snapshot(), nodeState.snapshot(), bytes));
    SyncState state =
        new SyncState(
            etag,
            snapshot.serial(),
            snapshot.rows().size(),
            new Checksum().add(bytes).hex(),
            rendering.served(),
            nodeState.after(rendering, snapshot).inputs(options.fingerprint()),
            Acceptances.of(report.accepted(), snapshot),
            bindings.after(options.fromFiles(), report.accepted(), last, snapshot));
    all.add(
        new Replacement(
            nodeState.tree().state(),
            nodeState.state(),
            state.encode().getBytes(StandardCharsets.UTF_8)));
    List<Finding> warnings = new ArrayList<>(report.passed());
    Nsswitch.check(nodeState.nsswitch(), options.settings().mode()).ifPresent(warnings::add);
    return new Plan(all.stream().filter(Replacement::changes).toList(), warnings);
  }
}
