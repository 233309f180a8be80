/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.failure.NodeFailure;
import cadastre.node.guard.Acceptances;
import cadastre.node.guard.GuardSettings;
import cadastre.node.guard.LocalGuard;
import cadastre.node.guard.NamesakeGuard;
import cadastre.node.guard.SerialGuard;
import cadastre.node.guard.SnapshotGuard;
import cadastre.node.guard.SuccessionGuard;
import cadastre.node.guard.SyncRefused;
import cadastre.node.render.ManagedFile;
import cadastre.node.render.OwnerKey;
import cadastre.node.settings.Mode;
import cadastre.subid.Finding;
import cadastre.subid.IdType;
import cadastre.subid.Severity;
import cadastre.subid.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the guards say of a snapshot on this node.
 *
 * @param refused the rules it breaks
 * @param passed the rules it breaks and was let pass, and what is only warned of
 */
record Judgement(List<Finding> refused, List<Finding> passed) {

  /**
   * Judges a snapshot.
   *
   * @param last the last good one; the same one where nothing follows it
   * @param accepted what may pass
   */
  static Judgement of(
      Present present,
      Optional<Snapshot> last,
      Snapshot snapshot,
      Orders orders,
      Acceptances accepted)
      throws NodeFailure {
    GuardSettings settings = orders.settings().guards();
    Adoption adopt = Adoption.of(orders, snapshot);
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
    return new Judgement(refused, passed);
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
