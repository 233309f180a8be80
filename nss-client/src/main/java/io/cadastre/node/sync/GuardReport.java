/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.guard.SerialGuard;
import io.cadastre.node.guard.SnapshotGuard;
import io.cadastre.node.guard.SuccessionGuard;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.render.ManagedFile;
import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The findings of all guards about a snapshot on this node.
 *
 * @param refused breaches of rules that refuse the snapshot
 * @param passed breaches that an acceptance lets pass, and warnings
 */
record GuardReport(List<Finding> refused, List<Finding> passed) {

  /**
   * Checks a snapshot.
   *
   * @param last the last good snapshot; the snapshot itself if it is the last good one
   * @param accepted the acceptances that count
   */
  static GuardReport of(
      NodeState nodeState,
      Optional<Snapshot> last,
      Snapshot snapshot,
      SyncOptions options,
      Acceptances accepted)
      throws NodeFailure {
    GuardSettings settings = options.settings().guards();
    List<Finding> findings = new ArrayList<>(SnapshotGuard.check(snapshot, settings));
    SerialGuard.check(last, snapshot).ifPresent(findings::add);
    last.ifPresent(before -> findings.addAll(SuccessionGuard.check(before, snapshot, settings)));
    for (IdType type : IdType.values()) {
      ManagedFile file = options.withoutAdopted(nodeState.managed(type), type, snapshot);
      findings.addAll(
          new LocalGuard(snapshot, type, settings)
              .check(file.localRows(), nodeState.accounts().ids(type)));
    }
    if (options.settings().mode() == Mode.FILES) {
      OwnerKey key = options.settings().owners();
      findings.addAll(LocalGuard.checkNames(snapshot, nodeState.accounts().users(), key::of));
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

  /**
   * Requires that no breach refuses the snapshot.
   *
   * @throws SyncRefused naming all that do
   */
  void require(Snapshot snapshot) throws SyncRefused {
    if (!refused.isEmpty()) {
      throw SyncRefused.of(snapshot, refused);
    }
  }

  /** The breaches that only an acceptance lets pass; they keep passing for this snapshot. */
  List<Finding> accepted() {
    return passed.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }
}
