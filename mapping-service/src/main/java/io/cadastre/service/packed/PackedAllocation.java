/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.packed;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.SnapshotRow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The packed form of an allocation: numbers at fixed places, then the allocation's line of the
 * snapshot with its LF, the pool, the stable ID and the DN. The line is there in every state: its
 * bytes are the sort order, and the snapshot is the lines of the active allocations one after
 * another. The methods read the form that begins at an index of an array. A file of a view has it:
 * a change of the form needs another number of that file's form.
 */
public final class PackedAllocation {
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

  private static final VarHandle SHORTS = handle(short[].class);
  private static final VarHandle INTS = handle(int[].class);
  private static final VarHandle LONGS = handle(long[].class);

  private static final List<AllocationState> STATES = List.of(AllocationState.values());

  private PackedAllocation() {}

  /** Reads what a {@link ByteBuffer} writes. */
  private static VarHandle handle(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }

  /** Packs an allocation. */
  public static byte[] of(Allocation a) {
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
        .put((byte) STATES.indexOf(a.state()))
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
  public static Allocation allocation(byte[] rows, int at) {
    int pool = at + LINE + lineLength(rows, at);
    int stableId = pool + rows[at + POOL_LENGTH];
    int dn = stableId + unsigned(rows, at + STABLE_ID_LENGTH);
    int dnLength = unsigned(rows, at + DN_LENGTH);
    int nameLength = unsigned(rows, at + NAME_LENGTH);
    return new Allocation(
        id(rows, at, nameLength),
        new Owner(
            text(rows, stableId, dn),
            new OwnerName(text(rows, at + LINE, at + LINE + nameLength)),
            uid(rows, at),
            Integer.toUnsignedLong(intAt(rows, at + GID)),
            dnLength == ABSENT ? Optional.empty() : Optional.of(text(rows, dn, dn + dnLength))),
        pool == stableId ? Optional.empty() : Optional.of(text(rows, pool, stableId)),
        range(rows, at, IdType.SUBUID),
        range(rows, at, IdType.SUBGID),
        state(rows, at),
        serial(rows, at),
        longAt(rows, at + REVISION));
  }

  /** A number of 64 bits that differs for different allocations, but for a rare chance. */
  public static long fingerprint(byte[] rows, int at) {
    int end = at + length(rows, at);
    long hash = 0;
    int i = at;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      hash = mixed(hash ^ longAt(rows, i));
    }
    for (; i < end; i++) {
      hash = mixed(hash ^ rows[i]);
    }
    return mixed(hash);
  }

  /** Fibonacci hashing, with the high bits brought down. */
  private static long mixed(long bits) {
    long product = (bits + 1) * 0x9E37_79B9_7F4A_7C15L;
    return product ^ (product >>> 29);
  }

  private static int length(byte[] rows, int at) {
    int dn = unsigned(rows, at + DN_LENGTH);
    return LINE
        + lineLength(rows, at)
        + rows[at + POOL_LENGTH]
        + unsigned(rows, at + STABLE_ID_LENGTH)
        + (dn == ABSENT ? 0 : dn);
  }

  /** The ID of the allocation is the third field of the line; the uid before it is digits. */
  private static UUID id(byte[] rows, int at, int nameLength) {
    int from = at + LINE + nameLength + 1;
    while (rows[from] != ':') {
      from++;
    }
    return UUID.fromString(text(rows, from + 1, from + 37));
  }

  /** The owner's uid. */
  public static long uid(byte[] rows, int at) {
    return Integer.toUnsignedLong(intAt(rows, at + UID));
  }

  /** The first ID of the range, in one of the two ID spaces. */
  public static long start(byte[] rows, int at, IdType type) {
    return Integer.toUnsignedLong(intAt(rows, at + (type == IdType.SUBUID ? SUBUID : SUBGID)));
  }

  /** The number of IDs in the range, in one of the two ID spaces. */
  public static long count(byte[] rows, int at, IdType type) {
    int count = at + (type == IdType.SUBUID ? SUBUID : SUBGID) + Integer.BYTES;
    return Integer.toUnsignedLong(intAt(rows, count));
  }

  /** The range in one of the two ID spaces. */
  public static IdRange range(byte[] rows, int at, IdType type) {
    return new IdRange(start(rows, at, type), count(rows, at, type));
  }

  /** The serial of the last change. */
  public static long serial(byte[] rows, int at) {
    return longAt(rows, at + SERIAL);
  }

  /** The state. */
  public static AllocationState state(byte[] rows, int at) {
    return STATES.get(rows[at + STATE]);
  }

  /** The owner's name. */
  public static String name(byte[] rows, int at) {
    return text(rows, at + LINE, at + LINE + unsigned(rows, at + NAME_LENGTH));
  }

  /** The length of the line, with its LF. */
  public static int lineLength(byte[] rows, int at) {
    return unsigned(rows, at + LINE_LENGTH);
  }

  /** Copies the line, with its LF; returns the end of the copy. */
  public static int copyLine(byte[] rows, int at, byte[] target, int to) {
    int length = lineLength(rows, at);
    System.arraycopy(rows, at + LINE, target, to, length);
    return to + length;
  }

  /** Compares the line, or as much of it as {@code wanted} has, with this text. */
  public static int compareLineStart(byte[] rows, int at, byte[] wanted) {
    int from = at + LINE;
    int to = from + Math.min(lineLength(rows, at), wanted.length);
    return Arrays.compareUnsigned(rows, from, to, wanted, 0, wanted.length);
  }

  /** Compares two lines as unsigned bytes. */
  public static int compareLines(byte[] aRows, int a, byte[] bRows, int b) {
    return Arrays.compareUnsigned(
        aRows,
        a + LINE,
        a + LINE + lineLength(aRows, a),
        bRows,
        b + LINE,
        b + LINE + lineLength(bRows, b));
  }

  private static int intAt(byte[] rows, int at) {
    return (int) INTS.get(rows, at);
  }

  private static long longAt(byte[] rows, int at) {
    return (long) LONGS.get(rows, at);
  }

  private static int unsigned(byte[] rows, int at) {
    return Short.toUnsignedInt((short) SHORTS.get(rows, at));
  }

  private static String text(byte[] rows, int from, int to) {
    return new String(rows, from, to - from, StandardCharsets.UTF_8);
  }
}
