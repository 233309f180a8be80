/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a snapshot by the owner field that a row of subuid(5) may have: the login name or the
 * uid. The index is made at the first question: most nodes have no local row to ask for. Not
 * thread-safe.
 */
public final class OwnerIndex {
  private final List<SnapshotRow> rows;
  private final List<SnapshotRow> further = new ArrayList<>();
  private Optional<Map<String, SnapshotRow>> index = Optional.empty();

  /** An index of all rows of a snapshot. */
  public OwnerIndex(Snapshot snapshot) {
    this.rows = snapshot.rows();
  }

  /** The row of the owner in this field. shadow reads 01001 as the uid 1001. */
  public Optional<SnapshotRow> find(String owner) {
    Map<String, SnapshotRow> all = index.orElseGet(this::read);
    return Optional.ofNullable(all.get(withoutLeadingZeros(owner)));
  }

  /** The row of the owner of a local row, if it has exactly the same range. */
  public Optional<SnapshotRow> findEqual(SubidRow local, IdType type) {
    return find(local.owner()).filter(row -> row.range(type).equals(local.range()));
  }

  /**
   * All rows of the owner in this field. An owner has one row in a snapshot, and may have two among
   * the rows that two interrupted syncs were writing.
   */
  public Stream<SnapshotRow> findAll(String owner) {
    Optional<SnapshotRow> first = find(owner);
    String key = withoutLeadingZeros(owner);
    return Stream.concat(
        first.stream(),
        further.stream()
            .filter(
                row ->
                    row.name().value().equals(key) || Long.toString(row.uidNumber()).equals(key)));
  }

  private Map<String, SnapshotRow> read() {
    Map<String, SnapshotRow> all = new HashMap<>();
    for (SnapshotRow row : rows) {
      SnapshotRow sameName = all.put(row.name().value(), row);
      SnapshotRow sameUid = all.put(Long.toString(row.uidNumber()), row);
      Stream.of(Optional.ofNullable(sameName), Optional.ofNullable(sameUid))
          .flatMap(Optional::stream)
          .forEach(further::add);
    }
    index = Optional.of(all);
    return all;
  }

  private static String withoutLeadingZeros(String owner) {
    return owner.startsWith("0") ? owner.replaceFirst("^0+(?=[0-9]+$)", "") : owner;
  }
}
