/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.packed.PackedAllocation;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packed allocations, numbered from 0 in the order in which they were added. Immutable: a change
 * returns another store, which shares all chunks but one.
 */
final class PackedRows {
  private static final int IN_CHUNK = 128;

  /** No row. */
  static final PackedRows NONE = new PackedRows(new Chunk[0], 0);

  private final Chunk[] chunks;
  private final int size;

  /** Up to {@value #IN_CHUNK} rows, one after another. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(byte[] rows, int[] starts) {
    /** The chunk of these rows. */
    static Chunk of(List<byte[]> rows) {
      int[] starts = new int[rows.size()];
      byte[] all = new byte[rows.stream().mapToInt(row -> row.length).sum()];
      int at = 0;
      for (int i = 0; i < starts.length; i++) {
        starts[i] = at;
        byte[] row = rows.get(i);
        System.arraycopy(row, 0, all, at, row.length);
        at += row.length;
      }
      return new Chunk(all, starts);
    }

    /** The chunk with this row in the place of another, or at its end. */
    Chunk with(int number, byte[] row) {
      List<byte[]> all = new ArrayList<>(starts.length + 1);
      for (int i = 0; i < starts.length; i++) {
        int end = i + 1 < starts.length ? starts[i + 1] : rows.length;
        all.add(Arrays.copyOfRange(rows, starts[i], end));
      }
      if (number == all.size()) {
        all.add(row);
      } else {
        all.set(number, row);
      }
      return of(all);
    }
  }

  private PackedRows(Chunk[] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  /** Reads what {@link #write} has written. */
  static PackedRows read(DataInputStream in) throws IOException {
    int size = in.readInt();
    Chunk[] chunks = new Chunk[(size + IN_CHUNK - 1) / IN_CHUNK];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new Chunk(Blocks.bytes(in), Blocks.ints(in));
    }
    return new PackedRows(chunks, size);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(size);
    for (Chunk chunk : chunks) {
      Blocks.write(chunk.rows, out);
      Blocks.write(chunk.starts, out);
    }
  }

  /** The same for the same rows in any order. */
  long fingerprint() {
    long sum = 0;
    for (int row = 0; row < size; row++) {
      sum += PackedAllocation.fingerprint(rows(row), at(row));
    }
    return sum;
  }

  /** The number of rows. */
  int size() {
    return size;
  }

  /** The rows with this one at the end. */
  PackedRows with(Allocation added) {
    return with(size, added);
  }

  /** The rows with this one in the place of another. */
  PackedRows with(int row, Allocation changed) {
    byte[] packed = PackedAllocation.of(changed);
    int chunk = row / IN_CHUNK;
    Chunk[] after = Arrays.copyOf(chunks, Math.max(chunks.length, chunk + 1));
    after[chunk] =
        chunk < chunks.length
            ? chunks[chunk].with(row % IN_CHUNK, packed)
            : Chunk.of(List.of(packed));
    return new PackedRows(after, Math.max(size, row + 1));
  }

  /** The allocation of a row. */
  Allocation allocation(int row) {
    return PackedAllocation.allocation(rows(row), at(row));
  }

  long uid(int row) {
    return PackedAllocation.uid(rows(row), at(row));
  }

  /** The first ID of the range, in one of the two ID spaces. */
  long start(int row, IdType type) {
    return PackedAllocation.start(rows(row), at(row), type);
  }

  /** The number of IDs in the range, in one of the two ID spaces. */
  long count(int row, IdType type) {
    return PackedAllocation.count(rows(row), at(row), type);
  }

  IdRange range(int row, IdType type) {
    return PackedAllocation.range(rows(row), at(row), type);
  }

  long serial(int row) {
    return PackedAllocation.serial(rows(row), at(row));
  }

  AllocationState state(int row) {
    return PackedAllocation.state(rows(row), at(row));
  }

  String name(int row) {
    return PackedAllocation.name(rows(row), at(row));
  }

  int lineLength(int row) {
    return PackedAllocation.lineLength(rows(row), at(row));
  }

  /** Copies the line of the snapshot, with its LF; returns the end of the copy. */
  int copyLine(int row, byte[] target, int to) {
    return PackedAllocation.copyLine(rows(row), at(row), target, to);
  }

  int compareLineStart(int row, byte[] wanted) {
    return PackedAllocation.compareLineStart(rows(row), at(row), wanted);
  }

  int compareLines(int a, int b) {
    return PackedAllocation.compareLines(rows(a), at(a), rows(b), at(b));
  }

  private byte[] rows(int row) {
    return chunks[row / IN_CHUNK].rows;
  }

  private int at(int row) {
    return chunks[row / IN_CHUNK].starts[row % IN_CHUNK];
  }

  /** Gathers many rows; not thread-safe. */
  static final class Builder {
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<byte[]> last = new ArrayList<>(IN_CHUNK);

    void add(Allocation allocation) {
      last.add(PackedAllocation.of(allocation));
      if (last.size() == IN_CHUNK) {
        chunks.add(Chunk.of(last));
        last.clear();
      }
    }

    PackedRows build() {
      int size = chunks.size() * IN_CHUNK + last.size();
      if (!last.isEmpty()) {
        chunks.add(Chunk.of(last));
      }
      return new PackedRows(chunks.toArray(Chunk[]::new), size);
    }
  }
}
