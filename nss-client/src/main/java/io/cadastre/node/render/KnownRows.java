/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.node.guard.OwnerIndex;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.List;
import java.util.Optional;

/**
 * The rows that the registry gave to this node, by which a row of /etc/subuid is recognised
 * wherever it stands: shadow sorts the file, and Apptainer drops the marker lines. Not thread-safe.
 */
public final class KnownRows {
  private final IdType type;
  private final List<OwnerIndex> snapshots;
  private final boolean assumed;

  private KnownRows(IdType type, List<OwnerIndex> snapshots, boolean assumed) {
    this.type = type;
    this.snapshots = snapshots;
    this.assumed = assumed;
  }

  /** The rows of the snapshots that this node served; of none if it served none. */
  public static KnownRows of(IdType type, List<Snapshot> served) {
    return new KnownRows(type, served.stream().map(OwnerIndex::new).toList(), false);
  }

  /**
   * The rows of a snapshot that is being applied, for a node that lost its state: such a row in a
   * file without marker lines was written by an earlier sync.
   */
  public static KnownRows assumed(IdType type, Snapshot applied) {
    return new KnownRows(type, List.of(new OwnerIndex(applied)), true);
  }

  /** Whether these rows are only assumed to come from the registry. */
  boolean areAssumed() {
    return assumed;
  }

  /**
   * Whether the registry gave this row: its owner, by name or by uid, has this range, or one that
   * holds all of it, as {@code usermod --del-subuids} leaves it. An assumed row has to be equal.
   */
  boolean has(SubidRow row) {
    return equalTo(row).isPresent()
        || (!assumed
            && snapshots.stream()
                .flatMap(rows -> rows.find(row.owner()).stream())
                .anyMatch(given -> holds(given.range(type), row.range())));
  }

  /** The snapshot's row of this owner with exactly this range. */
  Optional<SnapshotRow> equalTo(SubidRow row) {
    return snapshots.stream()
        .flatMap(rows -> rows.find(row.owner()).stream())
        .filter(given -> given.range(type).equals(row.range()))
        .findFirst();
  }

  private static boolean holds(IdRange outer, IdRange inner) {
    return outer.contains(inner.start()) && outer.contains(inner.last());
  }
}
