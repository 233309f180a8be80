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
 * The files that have to change for a snapshot to be served, and what the guards let pass. Pure.
 *
 * @param replacements in the order they are to be written: what is served first, the state last
 * @param warnings what the guards let pass
 */
record Plan(List<Replacement> replacements, List<Finding> warnings) {

  /**
   * Plans to serve {@code snapshot}.
   *
   * @throws io.cadastre.node.guard.SyncRefused if a guard refuses it
   */
  static Plan of(NodeState present, Snapshot snapshot, Optional<String> etag, SyncOptions orders)
      throws NodeFailure {
    Optional<Snapshot> last = present.lastGood();
    Optional<SyncState> before = present.lastState();
    Bindings bindings = before.map(SyncState::bound).orElse(Bindings.NONE);
    Acceptances accepted = bindings.holding(orders.filed(), snapshot).and(orders.given());
    if (last.isEmpty() || last.get().digest().equals(snapshot.digest())) {
      // What was let pass goes on passing for the rows it was said of, not for all of that serial.
      accepted = accepted.and(before.map(SyncState::accepted).orElse(Acceptances.NONE));
    }
    GuardReport judgement = GuardReport.of(present, last, snapshot, orders, accepted);
    judgement.require(snapshot);
    Rendering rendering =
        Rendering.of(present, snapshot, orders.settings(), RowAdoption.of(orders, snapshot));
    List<Replacement> all =
        new ArrayList<>(rendering.replacements(present, orders.settings().mode()));
    byte[] bytes = snapshot.render();
    all.add(new Replacement(present.tree().snapshot(), present.snapshot(), bytes));
    SyncState state =
        new SyncState(
            etag,
            snapshot.serial(),
            snapshot.rows().size(),
            new Checksum().add(bytes).hex(),
            rendering.served(),
            present.after(rendering, snapshot).inputs(orders.fingerprint()),
            Acceptances.of(judgement.accepted(), snapshot),
            bindings.after(orders.filed(), judgement.accepted(), last, snapshot));
    all.add(
        new Replacement(
            present.tree().state(),
            present.state(),
            state.encode().getBytes(StandardCharsets.UTF_8)));
    List<Finding> warnings = new ArrayList<>(judgement.passed());
    Nsswitch.check(present.nsswitch(), orders.settings().mode()).ifPresent(warnings::add);
    return new Plan(all.stream().filter(Replacement::changes).toList(), warnings);
  }
}
