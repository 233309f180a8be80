/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.node.guard.OwnerIndex;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SubidRow;
import java.util.List;

/**
 * The rows that the registry gave to this node, by which a row of /etc/subuid is recognised
 * wherever it stands: shadow sorts the file, and Apptainer drops the marker lines. Not thread-safe.
 */
public final class KnownRows {
  /** Which rows of the owner of a range the registry is believed to have written. */
  public enum Match {
    /** The range, or a part of it, as {@code usermod --del-subuids} leaves it. */
    ALL,
    /** The whole range. */
    WHOLE,
    /** The whole range, in a file without an intact block. */
    ASSUMED
  }

  /** No rows: a block keeps all of its lines, and all others are local. */
  public static final KnownRows NONE = new KnownRows(IdType.SUBUID, List.of(), Match.ALL);

  private final IdType type;
  private final List<OwnerIndex> snapshots;
  private final Match match;

  private KnownRows(IdType type, List<OwnerIndex> snapshots, Match match) {
    this.type = type;
    this.snapshots = snapshots;
    this.match = match;
  }

  /** The rows of these snapshots; of none if there are none. */
  public static KnownRows of(IdType type, List<Snapshot> snapshots, Match match) {
    return new KnownRows(type, snapshots.stream().map(OwnerIndex::new).toList(), match);
  }

  /** Whether these rows are known only in a file without an intact block. */
  public boolean areAssumed() {
    return match == Match.ASSUMED;
  }

  /** Whether the registry gave this row to its owner, by name or by uid. */
  public boolean has(SubidRow row) {
    return snapshots.stream()
        .flatMap(rows -> rows.findAll(row.owner()))
        .map(given -> given.range(type))
        .anyMatch(
            given -> match == Match.ALL ? holds(given, row.range()) : given.equals(row.range()));
  }

  private static boolean holds(IdRange outer, IdRange inner) {
    return outer.contains(inner.start()) && outer.contains(inner.last());
  }
}
