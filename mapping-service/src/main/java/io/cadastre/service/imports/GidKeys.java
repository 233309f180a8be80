/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.FindingGroups.Kind;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Finds rows of /etc/subgid whose key is a gid. Shadow reads that key as a user's name or uid
 * (subgid(5)), so the row is somebody else's or nobody's.
 */
final class GidKeys {
  private static final String REMEDY =
      "Write the file anew with the keys of /etc/subuid, and import again.";

  private final LongPredicate gids;
  private final FindingGroups groups;
  private final Map<Place, Owner> owners = new HashMap<>();

  /** A range in /etc/subuid of a node. */
  private record Place(String node, long start, long count) {
    static Place of(NodeRow row) {
      return new Place(row.node(), row.range().start(), row.range().count());
    }
  }

  /**
   * The rows to judge, and the owners without a usable row.
   *
   * @param ownerKeys the owners whose rows in /etc/subgid are keyed by a gid
   */
  record Result(List<NodeRow> rows, Set<String> ownerKeys) {}

  private GidKeys(LongPredicate gids, FindingGroups groups) {
    this.gids = gids;
    this.groups = groups;
  }

  /** Leaves out the rows that are keyed by a gid, with a finding for each file. */
  static Result leftOut(List<NodeRow> rows, LongPredicate gids, FindingGroups groups) {
    return new GidKeys(gids, groups).leftOut(rows);
  }

  private Result leftOut(List<NodeRow> rows) {
    rows.stream()
        .filter(row -> row.type() == IdType.SUBUID)
        .forEach(row -> row.owner().ifPresent(owner -> owners.put(Place.of(row), owner)));
    Set<String> keys = new HashSet<>();
    Set<NodeRow> wrong = new HashSet<>();
    Map<String, Set<NodeRow>> files = new LinkedHashMap<>();
    for (NodeRow row : rows) {
      if (row.type() == IdType.SUBGID) {
        files.computeIfAbsent(row.node(), n -> new HashSet<>()).add(row);
        ownerByGid(row)
            .ifPresent(
                owner -> {
                  keys.add(owner.stableId());
                  wrong.add(row);
                  groups.add(keyed(row.node()), row.place(), row.text());
                });
      }
    }
    files.values().stream()
        .filter(file -> file.stream().noneMatch(wrong::contains))
        .filter(file -> file.stream().allMatch(this::isGidAlone))
        .flatMap(file -> rows.stream().filter(file::contains))
        .forEach(row -> groups.add(alone(row.node()), row.place(), row.text()));
    return new Result(rows.stream().filter(row -> !wrong.contains(row)).toList(), keys);
  }

  /** The owner of the same range in /etc/subuid, if the key is the gid of that account alone. */
  private Optional<Owner> ownerByGid(NodeRow row) {
    return Optional.ofNullable(owners.get(Place.of(row)))
        .filter(owner -> !row.ownerKey().equals(owner.stableId()))
        .filter(owner -> row.ownerField().equals(Long.toString(owner.gidNumber())));
  }

  private boolean isGidAlone(NodeRow row) {
    return row.ownerField().matches("[1-9][0-9]{0,9}")
        && row.accounts().isEmpty()
        && gids.test(Long.parseLong(row.ownerField()));
  }

  private static Kind keyed(String node) {
    return new Kind(
        "keyed-by-gid",
        Severity.ERROR,
        "rows of %s:/etc/subgid have the gid of the account that /etc/subuid names for the range; shadow reads it as a uid, so none is pinned"
            .formatted(node),
        REMEDY);
  }

  private static Kind alone(String node) {
    return new Kind(
        "keyed-by-gid",
        Severity.WARNING,
        "rows of %s:/etc/subgid, all that it has, are keyed by numbers that are gids and no account's uid"
            .formatted(node),
        REMEDY);
  }
}
