/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.subid.IdRange;
import cadastre.subid.IdType;
import cadastre.subid.Snapshot;
import cadastre.subid.SnapshotRow;
import cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a snapshot must not collide with on this node: local rows and local accounts. Pure. */
final class LocalGuard {
  private static final int SHOWN = 5;
  private final IdType type;
  private final RangeIndex index;
  private final Map<String, SnapshotRow> owners = new HashMap<>();
  private final List<String> collisions = new ArrayList<>();

  private LocalGuard(Snapshot snapshot, IdType type) {
    this.type = type;
    this.index = RangeIndex.of(snapshot, type);
    for (SnapshotRow row : snapshot.rows()) {
      owners.put(row.name().value(), row);
      owners.put(Long.toString(row.uidNumber()), row);
    }
  }

  /**
   * Checks one file's local rows, and the local IDs of its ID space.
   *
   * @param path of the file, for the message
   * @param localIds uids for subuid, gids for subgid
   */
  static void check(
      Snapshot snapshot, IdType type, String path, List<SubidRow> localRows, List<Long> localIds)
      throws SyncRefused {
    LocalGuard guard = new LocalGuard(snapshot, type);
    localRows.forEach(guard::checkRow);
    localIds.forEach(guard::checkId);
    if (!guard.collisions.isEmpty()) {
      throw new SyncRefused(
          "%s: %s%s. The files are left as they are."
              .formatted(
                  path,
                  String.join("; ", guard.collisions.stream().limit(SHOWN).toList()),
                  guard.collisions.size() > SHOWN
                      ? "; and %d more".formatted(guard.collisions.size() - SHOWN)
                      : ""));
    }
  }

  private void checkRow(SubidRow local) {
    if (local.owner().startsWith("#")) {
      return; // to people a comment; to shadow the row of an owner whom no account can be
    }
    Optional<SnapshotRow> same =
        Optional.ofNullable(owners.get(local.owner().replaceFirst("^0+(?=[0-9]+$)", "")));
    Optional<SnapshotRow> overlapping = index.touching(local.range());
    if (same.isPresent()) {
      collisions.add(
          "the local row %s is of an owner that the registry gives %s; remove the row"
              .formatted(local, same.get().range(type)));
    } else if (overlapping.isPresent()) {
      collisions.add(
          "the local row %s overlaps %s of %s in the registry; remove the row or have its range withheld"
              .formatted(local, overlapping.get().range(type), overlapping.get().name()));
    }
  }

  private void checkId(long id) {
    index
        .touching(new IdRange(id, 1))
        .ifPresent(
            row ->
                collisions.add(
                    "the local %s %d lies in %s of %s in the registry; renumber the account"
                        .formatted(
                            type == IdType.SUBUID ? "uid" : "gid",
                            id,
                            row.range(type),
                            row.name())));
  }
}
