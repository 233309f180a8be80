/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a snapshot must be by itself. Pure. */
public final class SnapshotGuard {
  private final Snapshot snapshot;
  private final GuardSettings settings;
  private final List<Finding> findings = new ArrayList<>();

  private SnapshotGuard(Snapshot snapshot, GuardSettings settings) {
    this.snapshot = snapshot;
    this.settings = settings;
  }

  /** The rules that {@code snapshot} breaks, one finding for each. */
  public static List<Finding> check(Snapshot snapshot, GuardSettings settings) {
    SnapshotGuard guard = new SnapshotGuard(snapshot, settings);
    guard.checkNotEmpty();
    guard.checkKeys();
    for (IdType type : IdType.values()) {
      guard.checkWindow(type);
      guard.checkOverlap(type);
    }
    return guard.findings;
  }

  private void checkNotEmpty() {
    if (snapshot.rows().isEmpty()) {
      findings.add(
          Rule.EMPTY.broken(
              "the snapshot", "it has no rows", "allocate a range in the registry first"));
    }
  }

  private void checkKeys() {
    Set<Object> seen = new HashSet<>();
    for (SnapshotRow row : snapshot.rows()) {
      if (!seen.add(row.name()) || !seen.add(row.uidNumber()) || !seen.add(row.allocation())) {
        findings.add(
            Rule.OVERLAP.broken(
                row.name().value(),
                "another row has the name, the uid or the allocation of " + row,
                "run an audit in the registry"));
        return;
      }
    }
  }

  private void checkWindow(IdType type) {
    for (SnapshotRow row : snapshot.rows()) {
      Optional<String> objection = settings.window().objection(row.range(type));
      if (objection.isPresent()) {
        findings.add(
            Rule.WINDOW.broken(
                row.name().value(),
                "the " + type.word() + " range " + objection.get(),
                "widen \"window\" in node.conf if the range is right; only this node sets it"));
        return;
      }
    }
  }

  private void checkOverlap(IdType type) {
    RangeIndex.of(snapshot, type)
        .firstOverlap()
        .ifPresent(
            row ->
                findings.add(
                    Rule.OVERLAP.broken(
                        row.name().value(),
                        "the %s range of %s overlaps another".formatted(type.word(), row),
                        "run an audit in the registry")));
  }
}
