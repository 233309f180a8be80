/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds rows that share IDs with a row of another owner, on any node. Where each node let shadow
 * allocate, almost every row overlaps almost every other, so there is one finding for a row, not
 * one for a pair.
 */
final class Overlaps {
  private static final int NAMED = 3;

  private Overlaps() {}

  /** The findings by owner key: one for each range of the owner that overlaps another owner's. */
  static Map<String, List<Finding>> of(List<NodeRow> rows) {
    Map<String, List<Finding>> found = new LinkedHashMap<>();
    for (IdType type : IdType.values()) {
      for (Clash clash : clashes(distinct(rows, type))) {
        found.computeIfAbsent(clash.row.ownerKey(), key -> new ArrayList<>()).add(clash.finding());
      }
    }
    return found;
  }

  /** Sweeps by start; {@code open} holds the earlier rows that reach the current one. */
  private static List<Clash> clashes(List<NodeRow> sorted) {
    List<Clash> all = new ArrayList<>();
    List<Clash> open = new ArrayList<>();
    for (NodeRow row : sorted) {
      open.removeIf(other -> other.row.range().last() < row.range().start());
      Clash clash = new Clash(row);
      for (Clash other : open) {
        if (!other.row.ownerKey().equals(row.ownerKey())) {
          other.add(row);
          clash.add(other.row);
        }
      }
      open.add(clash);
      all.add(clash);
    }
    all.removeIf(clash -> clash.others == 0);
    return all;
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

  /** A row, the number of rows of other owners that it overlaps, and the first of these. */
  private static final class Clash {
    private final NodeRow row;
    private final List<NodeRow> named = new ArrayList<>(NAMED);
    private int others;

    Clash(NodeRow row) {
      this.row = row;
    }

    void add(NodeRow other) {
      if (others++ < NAMED) {
        named.add(other);
      }
    }

    Finding finding() {
      String names =
          named.stream()
              .map(o -> "%s of %s (%s)".formatted(o.range(), o.ownerField(), o.place()))
              .collect(Collectors.joining(", "));
      String more = others > NAMED ? " and %d more".formatted(others - NAMED) : "";
      return new Finding(
          "overlap",
          Severity.ERROR,
          row.place(),
          "%s %s of %s overlaps %s%s"
              .formatted(row.type().word(), row.range(), row.ownerField(), names, more),
          "Decide whose files are worth keeping; leave that row out of the others' files, and allocate them new ranges.");
    }
  }
}
