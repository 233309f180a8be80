/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps allocations as bytes, some 150 of each instead of some 700 as objects in maps. The number
 * of an allocation is its place in the order in which they were added. Not thread-safe.
 */
final class PackedAllocations {
  private static final int CHUNK_BITS = 20;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final AllocationState[] STATES = AllocationState.values();

  private final List<byte[]> chunks = new ArrayList<>();
  private int used = CHUNK;

  /** By number: chunk and place. */
  private long[] places = new long[1024];

  private int[] lengths = new int[1024];
  private int size;

  /** The number of allocations. */
  int size() {
    return size;
  }

  /** Adds an allocation; returns its number. */
  int add(Allocation allocation) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    append(size, bytes(allocation));
    return size++;
  }

  /** Replaces the allocation with this number. */
  void set(int number, Allocation allocation) {
    byte[] bytes = bytes(allocation);
    if (bytes.length > lengths[number]) {
      append(number, bytes);
    } else {
      System.arraycopy(bytes, 0, chunk(number), offset(number), bytes.length);
      lengths[number] = bytes.length;
    }
  }

  private void append(int number, byte[] bytes) {
    if (used + bytes.length > CHUNK) {
      chunks.add(new byte[CHUNK]);
      used = 0;
    }
    int chunk = chunks.size() - 1;
    System.arraycopy(bytes, 0, chunks.get(chunk), used, bytes.length);
    places[number] = ((long) chunk << CHUNK_BITS) + used;
    lengths[number] = bytes.length;
    used += bytes.length;
  }

  private byte[] chunk(int number) {
    return chunks.get((int) (places[number] >> CHUNK_BITS));
  }

  private int offset(int number) {
    return (int) (places[number] & (CHUNK - 1));
  }

  /** The allocation with this number. */
  Allocation get(int number) {
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(chunk(number), offset(number), lengths[number]))) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Allocation a) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, a);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Allocation a) throws IOException {
    out.writeLong(a.id().getMostSignificantBits());
    out.writeLong(a.id().getLeastSignificantBits());
    out.writeUTF(a.owner().stableId());
    out.writeUTF(a.owner().name().value());
    writeId(out, a.owner().uidNumber());
    writeId(out, a.owner().gidNumber());
    writeText(out, a.owner().dn());
    writeText(out, a.pool());
    writeRange(out, a.uidRange());
    writeRange(out, a.gidRange());
    out.writeByte(a.state().ordinal());
    out.writeLong(a.serial());
    out.writeLong(a.revision());
  }

  private static Allocation read(DataInputStream in) throws IOException {
    return new Allocation(
        new UUID(in.readLong(), in.readLong()),
        new Owner(in.readUTF(), new OwnerName(in.readUTF()), readId(in), readId(in), readText(in)),
        readText(in),
        new IdRange(readId(in), readId(in)),
        new IdRange(readId(in), readId(in)),
        STATES[in.readByte()],
        in.readLong(),
        in.readLong());
  }

  private static void writeRange(DataOutputStream out, IdRange range) throws IOException {
    writeId(out, range.start());
    writeId(out, range.count());
  }

  private static void writeId(DataOutputStream out, long id) throws IOException {
    out.writeInt((int) id);
  }

  private static long readId(DataInputStream in) throws IOException {
    return Integer.toUnsignedLong(in.readInt());
  }

  private static void writeText(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      out.writeUTF(text.get());
    }
  }

  private static Optional<String> readText(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
  }
}
