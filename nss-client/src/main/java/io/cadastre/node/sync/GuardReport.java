/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.guard.NamesakeGuard;
import io.cadastre.node.guard.SerialGuard;
import io.cadastre.node.guard.SnapshotGuard;
import io.cadastre.node.guard.SuccessionGuard;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.render.OwnerKey;
import io.cadastre.node.settings.Mode;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the guards say of a snapshot on this node.
 *
 * @param refused the rules it breaks
 * @param passed the rules it breaks and was let pass, and what is only warned of
 */
record GuardReport(List<Finding> refused, List<Finding> passed) {

  /**
   * Judges a snapshot.
   *
   * @param last the last good one; the same one where nothing follows it
   * @param accepted what may pass
   */
  static GuardReport of(
      NodeState present,
      Optional<Snapshot> last,
      Snapshot snapshot,
      SyncOptions orders,
      Acceptances accepted)
      throws NodeFailure {
    GuardSettings settings = orders.settings().guards();
    RowAdoption adopt = RowAdoption.of(orders, snapshot);
    List<Finding> findings = new ArrayList<>(SnapshotGuard.check(snapshot, settings));
    SerialGuard.check(last, snapshot).ifPresent(findings::add);
    last.ifPresent(before -> findings.addAll(SuccessionGuard.check(before, snapshot, settings)));
    for (IdType type : IdType.values()) {
      ManagedFile file = adopt.of(present.managed(type), type);
      findings.addAll(
          new LocalGuard(snapshot, type, settings)
              .check(file.localRows(), present.accounts().ids(type)));
    }
    if (orders.settings().mode() == Mode.FILES) {
      OwnerKey key = orders.settings().owners();
      findings.addAll(NamesakeGuard.check(snapshot, present.accounts().users(), key::of));
    }
    List<Finding> refused = new ArrayList<>();
    List<Finding> passed = new ArrayList<>();
    for (Finding finding : findings) {
      boolean passes =
          finding.severity() != Severity.ERROR || accepted.pass(finding, last, snapshot);
      (passes ? passed : refused).add(finding);
    }
    return new GuardReport(refused, passed);
  }

  /** Ends the sync unless the snapshot may be taken. */
  void require(Snapshot snapshot) throws SyncRefused {
    if (!refused.isEmpty()) {
      throw SyncRefused.of(snapshot, refused);
    }
  }

  /** The findings that only an acceptance lets pass; they go on passing for this snapshot. */
  List<Finding> accepted() {
    return passed.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }
}
