/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.SnapshotRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The packed form of an allocation: numbers at fixed places, then the allocation's line of the
 * snapshot with its LF, the pool, the stable ID and the DN. The line is kept for every state: its
 * bytes are the sort order, and the snapshot is the lines of the active allocations one after
 * another.
 */
final class PackedRow {
  private static final int UID = 0;
  private static final int GID = 4;
  private static final int SUBUID = 8;
  private static final int SUBGID = 16;
  private static final int SERIAL = 24;
  private static final int REVISION = 32;
  private static final int STATE = 40;
  private static final int POOL_LENGTH = 41;
  private static final int LINE_LENGTH = 42;
  private static final int NAME_LENGTH = 44;
  private static final int STABLE_ID_LENGTH = 46;
  private static final int DN_LENGTH = 48;
  private static final int LINE = 50;

  /** The length of a DN or pool that is absent; no other value has it. */
  private static final int ABSENT = 0xFFFF;

  private static final AllocationState[] STATES = AllocationState.values();

  private PackedRow() {}

  /** Packs an allocation. */
  static byte[] of(Allocation a) {
    byte[] line = (SnapshotRow.of(a) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] name = a.owner().name().value().getBytes(StandardCharsets.UTF_8);
    byte[] pool = a.pool().orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] stableId = a.owner().stableId().getBytes(StandardCharsets.UTF_8);
    byte[] dn = a.owner().dn().orElse("").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(LINE + line.length + pool.length + stableId.length + dn.length)
        .putInt((int) a.owner().uidNumber())
        .putInt((int) a.owner().gidNumber())
        .putInt((int) a.uidRange().start())
        .putInt((int) a.uidRange().count())
        .putInt((int) a.gidRange().start())
        .putInt((int) a.gidRange().count())
        .putLong(a.serial())
        .putLong(a.revision())
        .put((byte) a.state().ordinal())
        .put((byte) pool.length)
        .putShort((short) line.length)
        .putShort((short) name.length)
        .putShort((short) stableId.length)
        .putShort((short) (a.owner().dn().isPresent() ? dn.length : ABSENT))
        .put(line)
        .put(pool)
        .put(stableId)
        .put(dn)
        .array();
  }

  /** Unpacks the allocation that begins here. */
  static Allocation allocation(ByteBuffer rows, int at) {
    int pool = at + LINE + lineLength(rows, at);
    int stableId = pool + rows.get(at + POOL_LENGTH);
    int dn = stableId + unsigned(rows, at + STABLE_ID_LENGTH);
    int dnLength = unsigned(rows, at + DN_LENGTH);
    int nameLength = unsigned(rows, at + NAME_LENGTH);
    return new Allocation(
        id(rows, at, nameLength),
        new Owner(
            text(rows, stableId, dn),
            new OwnerName(text(rows, at + LINE, at + LINE + nameLength)),
            uid(rows, at),
            Integer.toUnsignedLong(rows.getInt(at + GID)),
            dnLength == ABSENT ? Optional.empty() : Optional.of(text(rows, dn, dn + dnLength))),
        pool == stableId ? Optional.empty() : Optional.of(text(rows, pool, stableId)),
        range(rows, at, IdType.SUBUID),
        range(rows, at, IdType.SUBGID),
        state(rows, at),
        serial(rows, at),
        rows.getLong(at + REVISION));
  }

  /** The ID of the allocation is the third field of the line; the uid before it is digits. */
  private static UUID id(ByteBuffer rows, int at, int nameLength) {
    int from = at + LINE + nameLength + 1;
    while (rows.get(from) != ':') {
      from++;
    }
    return UUID.fromString(text(rows, from + 1, from + 37));
  }

  static long uid(ByteBuffer rows, int at) {
    return Integer.toUnsignedLong(rows.getInt(at + UID));
  }

  static long start(ByteBuffer rows, int at, IdType type) {
    return Integer.toUnsignedLong(rows.getInt(at + (type == IdType.SUBUID ? SUBUID : SUBGID)));
  }

  static IdRange range(ByteBuffer rows, int at, IdType type) {
    int count = at + (type == IdType.SUBUID ? SUBUID : SUBGID) + Integer.BYTES;
    return new IdRange(start(rows, at, type), Integer.toUnsignedLong(rows.getInt(count)));
  }

  static long serial(ByteBuffer rows, int at) {
    return rows.getLong(at + SERIAL);
  }

  static AllocationState state(ByteBuffer rows, int at) {
    return STATES[rows.get(at + STATE)];
  }

  static String pool(ByteBuffer rows, int at) {
    int pool = at + LINE + lineLength(rows, at);
    return text(rows, pool, pool + rows.get(at + POOL_LENGTH));
  }

  static String name(ByteBuffer rows, int at) {
    return text(rows, at + LINE, at + LINE + unsigned(rows, at + NAME_LENGTH));
  }

  /** The length of the line, with its LF. */
  static int lineLength(ByteBuffer rows, int at) {
    return unsigned(rows, at + LINE_LENGTH);
  }

  /** Copies the line, with its LF; returns the end of the copy. */
  static int copyLine(ByteBuffer rows, int at, byte[] target, int to) {
    int length = lineLength(rows, at);
    System.arraycopy(rows.array(), at + LINE, target, to, length);
    return to + length;
  }

  /** Compares the line, or as much of it as {@code wanted} has, with this text. */
  static int compareLineStart(ByteBuffer rows, int at, byte[] wanted) {
    int from = at + LINE;
    int to = from + Math.min(lineLength(rows, at), wanted.length);
    return Arrays.compareUnsigned(rows.array(), from, to, wanted, 0, wanted.length);
  }

  /** Compares two lines as unsigned bytes. */
  static int compareLines(ByteBuffer aRows, int a, ByteBuffer bRows, int b) {
    return Arrays.compareUnsigned(
        aRows.array(),
        a + LINE,
        a + LINE + lineLength(aRows, a),
        bRows.array(),
        b + LINE,
        b + LINE + lineLength(bRows, b));
  }

  private static int unsigned(ByteBuffer rows, int at) {
    return Short.toUnsignedInt(rows.getShort(at));
  }

  private static String text(ByteBuffer rows, int from, int to) {
    return new String(rows.array(), from, to - from, StandardCharsets.UTF_8);
  }
}
