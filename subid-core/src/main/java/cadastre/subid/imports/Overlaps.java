/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid.imports;

import cadastre.subid.Finding;
import cadastre.subid.IdType;
import cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows whose ranges share IDs with another owner's, on whatever node. Files written by shadow
 * on each node by itself give almost everybody almost everybody's range, so there is one finding
 * for a row, not one for a pair.
 */
final class Overlaps {
  private static final int NAMED = 3;

  private Overlaps() {}

  /** The owners (by key) whose ranges overlap another's, each with a finding per row and range. */
  static Map<String, List<Finding>> of(List<NodeRow> rows) {
    Map<String, List<Finding>> found = new LinkedHashMap<>();
    for (IdType type : IdType.values()) {
      clashes(distinct(rows, type))
          .forEach(
              (row, others) ->
                  found
                      .computeIfAbsent(row.ownerKey(), key -> new ArrayList<>())
                      .add(finding(row, others)));
    }
    return found;
  }

  /** A sweep by start: {@code open} are the rows that reach the one at hand. */
  private static Map<NodeRow, List<NodeRow>> clashes(List<NodeRow> sorted) {
    Map<NodeRow, List<NodeRow>> clashes = new LinkedHashMap<>();
    List<NodeRow> open = new ArrayList<>();
    for (NodeRow row : sorted) {
      open.removeIf(other -> other.range().last() < row.range().start());
      for (NodeRow other : open) {
        if (!other.ownerKey().equals(row.ownerKey())) {
          clashes.computeIfAbsent(other, key -> new ArrayList<>()).add(row);
          clashes.computeIfAbsent(row, key -> new ArrayList<>()).add(other);
        }
      }
      open.add(row);
    }
    return clashes;
  }

  /** One row for each owner and range, by start. */
  private static List<NodeRow> distinct(List<NodeRow> rows, IdType type) {
    Set<List<Object>> seen = new LinkedHashSet<>();
    return rows.stream()
        .filter(row -> row.type() == type)
        .filter(row -> seen.add(List.of(row.ownerKey(), row.range())))
        .sorted(Comparator.comparing(NodeRow::range).thenComparing(NodeRow::ownerKey))
        .toList();
  }

  private static Finding finding(NodeRow row, List<NodeRow> others) {
    List<String> named =
        others.stream()
            .limit(NAMED)
            .map(o -> "%s of %s (%s)".formatted(o.range(), o.ownerField(), o.place()))
            .toList();
    String more = others.size() > NAMED ? " and %d more".formatted(others.size() - NAMED) : "";
    return new Finding(
        "overlap",
        Severity.ERROR,
        row.place(),
        "%s %s of %s overlaps %s%s"
            .formatted(
                row.type().word(), row.range(), row.ownerField(), String.join(", ", named), more),
        "Decide whose files are worth keeping; leave that row out of the others' files, and allocate them new ranges.");
  }
}
