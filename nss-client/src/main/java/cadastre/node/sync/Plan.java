/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.failure.NodeFailure;
import cadastre.node.guard.Acceptances;
import cadastre.node.guard.Bindings;
import cadastre.node.tree.Checksum;
import cadastre.node.tree.Replacement;
import cadastre.subid.Finding;
import cadastre.subid.Snapshot;
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
   * @throws cadastre.node.guard.SyncRefused if a guard refuses it
   */
  static Plan of(Present present, Snapshot snapshot, Optional<String> etag, Orders orders)
      throws NodeFailure {
    Optional<Snapshot> last = present.lastGood();
    Optional<SyncState> before = present.lastState();
    Bindings bindings = before.map(SyncState::bound).orElse(Bindings.NONE);
    Acceptances accepted = bindings.holding(orders.filed(), snapshot).and(orders.given());
    if (last.isEmpty() || last.get().digest().equals(snapshot.digest())) {
      // What was let pass goes on passing for the rows it was said of, not for all of that serial.
      accepted = accepted.and(before.map(SyncState::accepted).orElse(Acceptances.NONE));
    }
    Judgement judgement = Judgement.of(present, last, snapshot, orders, accepted);
    judgement.require(snapshot);
    Rendering rendering =
        Rendering.of(present, snapshot, orders.settings(), Adoption.of(orders, snapshot));
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
