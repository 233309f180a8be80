/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Conflict;
import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.guard.LocalGuard;
import io.cadastre.node.guard.SerialGuard;
import io.cadastre.node.guard.SnapshotGuard;
import io.cadastre.node.guard.SuccessionGuard;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The findings of all guards about a snapshot on this node.
 *
 * @param refused breaches of rules that refuse the snapshot
 * @param passed breaches that an acceptance lets pass, and warnings
 * @param held the rows that this node does not serve, with the reason of each
 * @param why why conflicts refuse the snapshot although single rows can be held
 */
record GuardReport(
    List<Finding> refused, List<Finding> passed, List<Hold> held, Optional<String> why) {

  /**
   * Checks a snapshot.
   *
   * @param last the last good snapshot; the snapshot itself if it is the last good one
   * @param local the files that the snapshot will be rendered into
   * @param accepted the acceptances that count
   */
  static GuardReport of(
      NodeState nodeState,
      Optional<Snapshot> last,
      Snapshot snapshot,
      LocalFiles local,
      SyncOptions options,
      Acceptances accepted) {
    GuardSettings settings = options.settings().guards();
    List<Finding> findings = new ArrayList<>(SnapshotGuard.check(snapshot, settings));
    SerialGuard.check(last, snapshot).ifPresent(findings::add);
    findings.addAll(succession(nodeState, last, snapshot, settings));
    List<Finding> refused = new ArrayList<>();
    List<Finding> passed = new ArrayList<>();
    for (Finding finding : findings) {
      (passes(finding, accepted, last, snapshot) ? passed : refused).add(finding);
    }
    if (!refused.isEmpty()) {
      // A wrong snapshot says nothing about rows.
      return new GuardReport(refused, passed, List.of(), Optional.empty());
    }
    List<Conflict> open = new ArrayList<>();
    for (Conflict conflict : conflicts(nodeState, last, snapshot, local, options)) {
      if (passes(conflict.finding(), accepted, last, snapshot)) {
        passed.add(conflict.finding());
      } else {
        open.add(conflict);
      }
    }
    List<Hold> held = holds(nodeState, last, open);
    int rows = snapshot.rows().size();
    if (settings.refuses(count(held), rows)) {
      return new GuardReport(
          open.stream().map(Conflict::finding).toList(),
          passed,
          List.of(),
          settings.refuseConflicts()
              ? Optional.empty()
              : Optional.of(
                  "%d of %d rows would be held; max-shrink = %d%% allows fewer, and never all"
                      .formatted(count(held), rows, settings.maxShrinkPercent())));
    }
    return new GuardReport(List.of(), passed, held, Optional.empty());
  }

  private static List<Finding> succession(
      NodeState nodeState, Optional<Snapshot> last, Snapshot snapshot, GuardSettings settings) {
    if (last.isPresent()) {
      return SuccessionGuard.check(last.get(), snapshot, settings);
    }
    return nodeState
        .lastState()
        .map(
            state ->
                SuccessionGuard.checkAfterLoss(
                    state.ledger().orElse(snapshot.ledger()),
                    state.serial(),
                    state.rows(),
                    snapshot,
                    settings))
        .orElse(List.of());
  }

  private static boolean passes(
      Finding finding, Acceptances accepted, Optional<Snapshot> last, Snapshot snapshot) {
    return finding.severity() != Severity.ERROR || accepted.pass(finding, last, snapshot);
  }

  private static List<Conflict> conflicts(
      NodeState nodeState,
      Optional<Snapshot> last,
      Snapshot snapshot,
      LocalFiles local,
      SyncOptions options) {
    List<Conflict> all = new ArrayList<>();
    boolean files = options.settings().mode() == Mode.FILES;
    for (IdType type : IdType.values()) {
      all.addAll(
          new LocalGuard(snapshot, type, options.settings().guards())
              .check(
                  local.of(type).localRows(),
                  files,
                  nodeState.accounts().ids(type),
                  options.adopt()));
    }
    if (files) {
      OwnerKey key = options.settings().owners();
      all.addAll(LocalGuard.checkNames(snapshot, nodeState.accounts().users(), key::of));
    }
    List<SnapshotRow> known = nodeState.howServed().lastKnown(last, snapshot);
    all.addAll(SuccessionGuard.checkAllocations(known, snapshot));
    return all;
  }

  private static List<Hold> holds(
      NodeState nodeState, Optional<Snapshot> last, List<Conflict> conflicts) {
    if (conflicts.isEmpty()) {
      return List.of();
    }
    Set<UUID> served = new HashSet<>();
    last.ifPresent(before -> before.rows().forEach(row -> served.add(row.allocation())));
    served.removeIf(nodeState.howServed()::holds);
    List<Hold> holds = new ArrayList<>();
    for (Conflict conflict : conflicts) {
      for (SnapshotRow row : conflict.rows()) {
        holds.add(new Hold(conflict.finding(), row, served.contains(row.allocation())));
      }
    }
    return holds;
  }

  private static int count(List<Hold> holds) {
    return (int) holds.stream().map(hold -> hold.row().allocation()).distinct().count();
  }

  /**
   * Requires that no breach refuses the snapshot.
   *
   * @throws SyncRefused naming all that do
   */
  void require(Snapshot snapshot) throws SyncRefused {
    if (!refused.isEmpty()) {
      throw SyncRefused.of(snapshot, refused, why);
    }
  }

  /** A snapshot without the rows that are held. */
  Snapshot served(Snapshot snapshot) {
    return Served.without(snapshot, Served.rules(held).keySet());
  }

  /** The breaches that only an acceptance lets pass; they keep passing for this snapshot. */
  List<Finding> accepted() {
    return passed.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }
}
