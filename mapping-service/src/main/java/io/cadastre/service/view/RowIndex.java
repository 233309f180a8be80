/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Numbers of rows in a sort order, in chunks. A place in it is given by a predicate that is true
 * for the rows before the place, and false for the others. Immutable: a change returns another
 * index, which shares all chunks but one.
 */
final class RowIndex {
  private static final int MOST_IN_CHUNK = 512;
  private static final int FILLED = 384;

  /** None of them is empty. */
  private final int[][] chunks;

  private RowIndex(int[][] chunks) {
    this.chunks = chunks;
  }

  /** An index of these rows, which are sorted. */
  static RowIndex of(int[] sorted) {
    int[][] chunks = new int[(sorted.length + FILLED - 1) / FILLED][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(sorted, i * FILLED, Math.min(sorted.length, (i + 1) * FILLED));
    }
    return new RowIndex(chunks);
  }

  /** Reads what {@link #write} has written. */
  static RowIndex read(DataInputStream in) throws IOException {
    int[][] chunks = new int[in.readInt()][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Blocks.ints(in);
    }
    return new RowIndex(chunks);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(chunks.length);
    for (int[] chunk : chunks) {
      Blocks.write(chunk, out);
    }
  }

  /** Visits the rows from a place on, as long as {@code visitor} returns true. */
  void visit(IntPredicate isBefore, IntPredicate visitor) {
    int c = chunk(isBefore);
    for (int i = c < chunks.length ? within(chunks[c], isBefore) : 0; c < chunks.length; c++) {
      for (; i < chunks[c].length; i++) {
        if (!visitor.test(chunks[c][i])) {
          return;
        }
      }
      i = 0;
    }
  }

  /** The row just before a place; -1 if there is none. */
  int lastBefore(IntPredicate isBefore) {
    int c = chunk(isBefore);
    int i = c < chunks.length ? within(chunks[c], isBefore) : 0;
    if (i > 0) {
      return chunks[c][i - 1];
    }
    return c == 0 ? -1 : chunks[c - 1][chunks[c - 1].length - 1];
  }

  /** The index with this row at a place. */
  RowIndex with(int row, IntPredicate isBefore) {
    if (chunks.length == 0) {
      return new RowIndex(new int[][] {{row}});
    }
    int c = Math.min(chunk(isBefore), chunks.length - 1);
    int[] old = chunks[c];
    int at = within(old, isBefore);
    int[] grown = Arrays.copyOf(old, old.length + 1);
    grown[at] = row;
    System.arraycopy(old, at, grown, at + 1, old.length - at);
    // The rows of a rising key come at the end: a full chunk there stays full.
    int cut = at == old.length && c == chunks.length - 1 ? old.length : grown.length / 2;
    return grown.length <= MOST_IN_CHUNK
        ? replaced(c, grown)
        : replaced(c, Arrays.copyOf(grown, cut), Arrays.copyOfRange(grown, cut, grown.length));
  }

  /**
   * The index without this row, which is at a place.
   *
   * @throws IllegalStateException if it is not there
   */
  RowIndex without(int row, IntPredicate isBefore) {
    int c = chunk(isBefore);
    int at = c < chunks.length ? within(chunks[c], isBefore) : 0;
    if (c == chunks.length || chunks[c][at] != row) {
      throw new IllegalStateException("row %d is not at its place".formatted(row));
    }
    int[] old = chunks[c];
    if (old.length == 1) {
      return replaced(c);
    }
    int[] shrunk = Arrays.copyOf(old, old.length - 1);
    System.arraycopy(old, at + 1, shrunk, at, shrunk.length - at);
    return replaced(c, shrunk);
  }

  private RowIndex replaced(int chunk, int[]... by) {
    int[][] after = new int[chunks.length - 1 + by.length][];
    System.arraycopy(chunks, 0, after, 0, chunk);
    System.arraycopy(by, 0, after, chunk, by.length);
    System.arraycopy(chunks, chunk + 1, after, chunk + by.length, chunks.length - chunk - 1);
    return new RowIndex(after);
  }

  /**
   * The first chunk whose last row is not before the place; the number of chunks if there is none.
   */
  private int chunk(IntPredicate isBefore) {
    int low = 0;
    int high = chunks.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore.test(chunks[middle][chunks[middle].length - 1])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int within(int[] chunk, IntPredicate isBefore) {
    int low = 0;
    int high = chunk.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore.test(chunk[middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
