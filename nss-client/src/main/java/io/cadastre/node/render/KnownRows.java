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
  private final IdType type;
  private final List<OwnerIndex> snapshots;
  private final Match match;

  /** Which rows of the owner of a range the registry is believed to have written. */
  private enum Match {
    /** The range, or a part of it, as {@code usermod --del-subuids} leaves it. */
    ALL,
    /** Only the whole range, and only in a file without an intact block. */
    WHOLE,
    /** Only a part of the range. */
    PARTS
  }

  private KnownRows(IdType type, List<Snapshot> snapshots, Match match) {
    this.type = type;
    this.snapshots = snapshots.stream().map(OwnerIndex::new).toList();
    this.match = match;
  }

  /** The rows of the snapshots that this node served; of none if it served none. */
  public static KnownRows of(IdType type, List<Snapshot> served) {
    return new KnownRows(type, served, Match.ALL);
  }

  /**
   * The same rows beside a block that is as the last sync left it. A row there that equals the
   * registry's was written by somebody else.
   */
  public static KnownRows besideBlock(IdType type, List<Snapshot> served) {
    return new KnownRows(type, served, Match.PARTS);
  }

  /**
   * The rows of a snapshot that is being applied, for a node that lost its state: such a row in a
   * file without marker lines was written by an earlier sync.
   */
  public static KnownRows assumed(IdType type, Snapshot applied) {
    return new KnownRows(type, List.of(applied), Match.WHOLE);
  }

  /** Whether these rows are only assumed to come from the registry. */
  boolean areAssumed() {
    return match == Match.WHOLE;
  }

  /** Whether the registry gave this row to its owner, by name or by uid. */
  boolean has(SubidRow row) {
    return snapshots.stream()
        .flatMap(rows -> rows.find(row.owner()).stream())
        .anyMatch(given -> matches(given.range(type), row.range()));
  }

  private boolean matches(IdRange given, IdRange found) {
    return switch (match) {
      case ALL -> holds(given, found);
      case WHOLE -> given.equals(found);
      case PARTS -> holds(given, found) && !given.equals(found);
    };
  }

  private static boolean holds(IdRange outer, IdRange inner) {
    return outer.contains(inner.start()) && outer.contains(inner.last());
  }
}
