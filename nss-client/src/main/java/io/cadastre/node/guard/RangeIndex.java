/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a snapshot, sorted by their range in one ID space.
 *
 * @param type the ID space
 * @param rows sorted by start
 */
public record RangeIndex(IdType type, List<SnapshotRow> rows) {

  /** The index of all rows. */
  public static RangeIndex of(Snapshot snapshot, IdType type) {
    return new RangeIndex(
        type,
        snapshot.rows().stream().sorted(Comparator.comparing(row -> row.range(type))).toList());
  }

  /** The first row that shares an ID with the row before it. */
  Optional<SnapshotRow> firstOverlap() {
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).range(type).overlaps(rows.get(i - 1).range(type))) {
        return Optional.of(rows.get(i));
      }
    }
    return Optional.empty();
  }

  /** A row that shares an ID with {@code range}. Correct only if no two rows overlap. */
  public Optional<SnapshotRow> touching(IdRange range) {
    // Rows do not overlap, so of the rows that start before the end of the range the last one also
    // ends last.
    int at = lastStartingIn(range);
    return at >= 0 && rows.get(at).range(type).overlaps(range)
        ? Optional.of(rows.get(at))
        : Optional.empty();
  }

  /** All rows that share an ID with {@code range}. Correct only if no two rows overlap. */
  List<SnapshotRow> allTouching(IdRange range) {
    int last = lastStartingIn(range);
    int first = last;
    while (first >= 0 && rows.get(first).range(type).overlaps(range)) {
      first--;
    }
    return rows.subList(first + 1, last + 1);
  }

  /** The last row that starts before the end of the range; -1 if there is none. */
  private int lastStartingIn(IdRange range) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).range(type).start() <= range.last()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
