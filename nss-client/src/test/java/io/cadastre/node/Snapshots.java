/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Snapshots for tests. */
public final class Snapshots {
  /** The ledger of all of them, unless another one is given. */
  public static final UUID LEDGER = UUID.fromString("5b2a7f6e-0c1d-4e2f-8a3b-9c4d5e6f7081");

  private static final long FIRST = 1_001_062_400L;
  private static final long COUNT = 65536;

  private Snapshots() {}

  /** The row of the owner with that uid, in slot {@code uid - 1001}. */
  public static SnapshotRow row(String name, long uid) {
    return row(name, uid, uid - 1001, new IdRange(FIRST + (uid - 1001) * COUNT, COUNT));
  }

  /** A row with this range for both kinds of IDs. */
  public static SnapshotRow row(String name, long uid, long allocation, IdRange range) {
    return new SnapshotRow(new OwnerName(name), uid, new UUID(0, allocation), range, range);
  }

  /** The snapshot of these rows. */
  public static Snapshot of(long serial, SnapshotRow... rows) {
    return Snapshot.of(LEDGER, serial, "ab".repeat(32), List.of(rows));
  }

  /** alice, bob and zoë, as in snapshot.golden. */
  public static Snapshot three(long serial) {
    return of(serial, row("alice", 1001), row("bob", 1002), row("zoë", 1003));
  }

  /** {@code count} owners from uid 1001 on, {@code u1001}, {@code u1002} and so on. */
  public static Snapshot many(long serial, int count) {
    List<SnapshotRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row("u" + (1001 + i), 1001 + i, i, new IdRange(FIRST + i * 2048L, 2048)));
    }
    return Snapshot.of(LEDGER, serial, "", rows);
  }
}
