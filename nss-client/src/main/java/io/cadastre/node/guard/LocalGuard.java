/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a snapshot must not collide with on this node: local rows and local accounts. */
public final class LocalGuard {
  private final IdType type;
  private final GuardSettings settings;
  private final RangeIndex index;
  private final Map<String, SnapshotRow> owners = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** The guard of one of the two files. */
  public LocalGuard(Snapshot snapshot, IdType type, GuardSettings settings) {
    this.type = type;
    this.settings = settings;
    this.index = RangeIndex.of(snapshot, type);
    for (SnapshotRow row : snapshot.rows()) {
      owners.put(row.name().value(), row);
      owners.put(Long.toString(row.uidNumber()), row);
    }
  }

  /**
   * The rules that a snapshot breaks here, a finding for each row and account.
   *
   * @param localRows of the file, outside the block
   * @param localIds uids for subuid, gids for subgid
   */
  public List<Finding> check(List<SubidRow> localRows, List<Long> localIds) {
    localRows.forEach(this::checkRow);
    localIds.forEach(this::checkId);
    return findings;
  }

  /** Whether the registry gives just this row: same owner, by name or by uid, and same range. */
  public boolean gives(SubidRow local) {
    return registered(local).filter(row -> row.range(type).equals(local.range())).isPresent();
  }

  private Optional<SnapshotRow> registered(SubidRow local) {
    // To shadow 01001 is the uid 1001, too.
    return Optional.ofNullable(owners.get(local.owner().replaceFirst("^0+(?=[0-9]+$)", "")));
  }

  private void checkRow(SubidRow local) {
    if (local.owner().startsWith("#")) {
      return; // to people a comment; to shadow the row of an owner whom no account can be
    }
    Optional<SnapshotRow> overlapping = index.touching(local.range());
    Optional<SnapshotRow> same = registered(local);
    if (same.isPresent() && !settings.grants(type, local)) {
      findings.add(
          Rule.LOCAL_ROW.broken(
              "/etc/%s, row %s".formatted(type.word(), local),
              "the registry gives this owner " + same.get().range(type),
              gives(local) ? "sync --adopt takes the row over" : "remove the row"));
    } else if (overlapping.isPresent()) {
      findings.add(
          Rule.LOCAL_OVERLAP.broken(
              "/etc/%s, row %s".formatted(type.word(), local),
              "it overlaps %s of %s in the registry"
                  .formatted(overlapping.get().range(type), overlapping.get().name()),
              "remove the row"));
    }
  }

  private void checkId(long id) {
    index
        .touching(new IdRange(id, 1))
        .ifPresent(
            row ->
                findings.add(
                    Rule.LOCAL_ACCOUNT.broken(
                        "local %s %d".formatted(type == IdType.SUBUID ? "uid" : "gid", id),
                        "it lies in %s of %s in the registry"
                            .formatted(row.range(type), row.name()),
                        "renumber the account")));
  }
}
