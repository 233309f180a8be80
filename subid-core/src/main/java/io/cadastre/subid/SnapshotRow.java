/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.UUID;

/**
 * One row of the snapshot: an active allocation.
 *
 * @param name the owner's login name
 * @param uidNumber the owner's uid
 * @param allocation the id of the allocation
 * @param uidRange the subordinate user IDs
 * @param gidRange the subordinate group IDs
 */
public record SnapshotRow(
    OwnerName name, long uidNumber, UUID allocation, IdRange uidRange, IdRange gidRange) {

  /**
   * Checks the uid, on a node too.
   *
   * @throws IllegalArgumentException if it is not an ID, or if it is that of root or nobody
   */
  public SnapshotRow {
    Owner.checkUid(name, uidNumber);
  }

  /** Returns the row of an allocation. */
  public static SnapshotRow of(Allocation allocation) {
    return new SnapshotRow(
        allocation.owner().name(),
        allocation.owner().uidNumber(),
        allocation.id(),
        allocation.uidRange(),
        allocation.gidRange());
  }

  /** Returns the range in one of the two ID spaces. */
  public IdRange range(IdType type) {
    return type == IdType.SUBUID ? uidRange : gidRange;
  }

  /** Returns the line without its end: {@code name:uid:allocation:subuid range:subgid range}. */
  @Override
  public String toString() {
    return name + ":" + uidNumber + ":" + allocation + ":" + uidRange + ":" + gidRange;
  }

  /**
   * Parses a line without its end. It accepts only the form that {@link #toString} writes: equal
   * rows have equal bytes.
   *
   * @throws IllegalArgumentException with the reason
   */
  public static SnapshotRow parse(String line) {
    String[] f = line.split(":", -1);
    if (f.length != 7) {
      throw new IllegalArgumentException("a row has 7 fields, this one has " + f.length);
    }
    SnapshotRow row =
        new SnapshotRow(
            new OwnerName(f[0]),
            Long.parseLong(f[1]),
            UUID.fromString(f[2]),
            new IdRange(Long.parseLong(f[3]), Long.parseLong(f[4])),
            new IdRange(Long.parseLong(f[5]), Long.parseLong(f[6])));
    if (!row.toString().equals(line)) {
      throw new IllegalArgumentException("the row is not in its canonical form: " + row);
    }
    return row;
  }
}
