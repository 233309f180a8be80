/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.render;

import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Renders the file that the libsubid plugin reads, as {@code docs/subid-map-format.md} specifies
 * it: a header, the snapshot as it was rendered, three indexes. A pure function of the snapshot and
 * one flag. The snapshot has passed the guards: no two rows share a name, a uid or a start.
 */
public final class SubidMap {
  private static final byte[] MAGIC = "CADASTRE".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int SINGLE_GID_GRANTS = 1;
  private static final int HEADER = 96;
  private static final int ENTRY = 8;
  private static final int SNAPSHOT_HEADER_LINES = 7;

  private SubidMap() {}

  /** The map of this snapshot. */
  public static byte[] render(Snapshot snapshot, boolean singleGidGrants) {
    byte[] text = snapshot.render();
    int rowsAt = rowsAt(text);
    int index = ENTRY * snapshot.rows().size();
    long byUid = (long) HEADER + text.length;
    int size = Math.toIntExact(byUid + 3L * index);
    ByteBuffer out = ByteBuffer.allocate(size); // big-endian
    out.put(MAGIC).putInt(VERSION).putInt(singleGidGrants ? SINGLE_GID_GRANTS : 0);
    out.putLong(size).putLong(snapshot.serial());
    out.putLong(snapshot.ledger().getMostSignificantBits());
    out.putLong(snapshot.ledger().getLeastSignificantBits());
    out.putLong(HEADER + rowsAt).putLong(text.length - rowsAt).putLong(snapshot.rows().size());
    out.putLong(byUid).putLong(byUid + index).putLong(byUid + 2L * index);
    out.put(text);
    List<SnapshotRow> rows = snapshot.rows();
    int[] offsets = offsets(text, rowsAt, rows.size());
    putIndex(out, rows, offsets, SnapshotRow::uidNumber);
    putIndex(out, rows, offsets, row -> row.range(IdType.SUBUID).start());
    putIndex(out, rows, offsets, row -> row.range(IdType.SUBGID).start());
    return out.array();
  }

  /** A map without rows: with it the plugin answers from /etc/subuid and /etc/subgid only. */
  public static byte[] empty(boolean singleGidGrants) {
    return render(Snapshot.of(new UUID(0, 0), 0, "", List.of()), singleGidGrants);
  }

  /** Whether a file has the header of a map of its own size. The plugin verifies the rest. */
  public static boolean isWhole(byte[] file) {
    if (file.length < HEADER) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(file); // big-endian
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    int version = in.getInt();
    int flags = in.getInt();
    return Arrays.equals(magic, MAGIC)
        && version == VERSION
        && (flags & ~SINGLE_GID_GRANTS) == 0
        && in.getLong() == file.length;
  }

  private static int rowsAt(byte[] text) {
    int at = 0;
    for (int line = 0; line < SNAPSHOT_HEADER_LINES; line++) {
      at = afterLine(text, at);
    }
    return at;
  }

  private static int[] offsets(byte[] text, int rowsAt, int count) {
    int[] offsets = new int[count];
    int at = rowsAt;
    for (int i = 0; i < count; i++) {
      offsets[i] = at - rowsAt;
      at = afterLine(text, at);
    }
    return offsets;
  }

  private static int afterLine(byte[] text, int from) {
    int at = from;
    while (text[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  /** Keys and offsets are below 2^32: a long with the key above the offset sorts by the key. */
  private static void putIndex(
      ByteBuffer out, List<SnapshotRow> rows, int[] offsets, ToLongFunction<SnapshotRow> key) {
    long[] entries = new long[offsets.length];
    for (int i = 0; i < entries.length; i++) {
      // With the sign bit flipped, the signed sort is an unsigned one.
      entries[i] = (key.applyAsLong(rows.get(i)) << 32 | offsets[i]) ^ Long.MIN_VALUE;
    }
    Arrays.sort(entries);
    for (long entry : entries) {
      out.putLong(entry ^ Long.MIN_VALUE);
    }
  }
}
