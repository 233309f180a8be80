/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
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

  /**
   * The overlaps in files.
   *
   * @param ownerKeys the owners with a range that overlaps another owner's
   * @param shared the rows that root and another owner share on purpose
   * @param findings one for each overlapping range, and one for each range that root shares
   */
  record Result(Set<String> ownerKeys, Set<NodeRow> shared, List<Finding> findings) {}

  /** Finds the overlaps among these rows. */
  static Result of(List<NodeRow> rows) {
    Map<String, List<Finding>> found = new LinkedHashMap<>();
    Map<IdRange, Set<NodeRow>> shared = new LinkedHashMap<>();
    for (IdType type : IdType.values()) {
      for (Clash clash : clashes(distinct(rows, type))) {
        List<Finding> own = found.computeIfAbsent(clash.row.ownerKey(), key -> new ArrayList<>());
        if (clash.isSharedWithRoot()) {
          shared.computeIfAbsent(clash.row.range(), r -> new LinkedHashSet<>()).add(clash.row);
        } else {
          own.add(clash.finding());
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    found.values().forEach(findings::addAll);
    shared.forEach((range, sharing) -> findings.add(sharedWithRoot(range, sharing)));
    return new Result(
        found.keySet(),
        shared.values().stream().flatMap(Set::stream).collect(Collectors.toSet()),
        findings);
  }

  private static Finding sharedWithRoot(IdRange range, Set<NodeRow> sharing) {
    String owners =
        sharing.stream()
            .map(NodeRow::ownerField)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" and "));
    boolean account = sharing.stream().anyMatch(row -> row.owner().isPresent());
    return new Finding(
        "shared-with-root",
        account ? Severity.WARNING : Severity.INFO,
        sharing.iterator().next().place(),
        "%s share the range %s, as LXD and LXC set it up for containers that root starts; it is pinned to neither"
            .formatted(owners, range),
        account
            ? "Leave root's row to the node, or take the account's row out and allocate a new range."
            : "Nothing: the rows stay local to the node.");
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
    private boolean shared = true;
    private boolean root;

    Clash(NodeRow row) {
      this.row = row;
    }

    void add(NodeRow other) {
      shared &= other.range().equals(row.range());
      root |= isRoot(other);
      if (others++ < NAMED) {
        named.add(other);
      }
    }

    /** Whether all rows have this one's range, and one of them is root's. */
    boolean isSharedWithRoot() {
      return shared && (root || isRoot(row));
    }

    private static boolean isRoot(NodeRow row) {
      return row.ownerField().equals("root") || row.ownerField().equals("0");
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
