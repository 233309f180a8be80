/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds numbers by the start of a range: blocks of sorted, packed values, of eight to sixteen bytes
 * for each number. The starts differ from each other. Not thread-safe.
 */
final class NumbersByStart {
  private static final int BLOCK = 512;

  private final List<Block> blocks = new ArrayList<>();

  private static final class Block {
    private final long[] values = new long[BLOCK];
    private int size;

    /** The place of the last value at or below this one; -1 if there is none. */
    int floor(long value) {
      int found = Arrays.binarySearch(values, 0, size, value);
      return found >= 0 ? found : -found - 2;
    }

    void insert(int at, long value) {
      System.arraycopy(values, at, values, at + 1, size - at);
      values[at] = value;
      size++;
    }

    Block split() {
      Block upper = new Block();
      upper.size = size / 2;
      System.arraycopy(values, size - upper.size, upper.values, 0, upper.size);
      size -= upper.size;
      return upper;
    }
  }

  /** Start and number have 32 bits each; the sign is flipped, so that the order is that of IDs. */
  private static long packed(long start, int number) {
    return (start << 32 | number) ^ Long.MIN_VALUE;
  }

  /** The number with the last start at or below this ID; -1 if there is none. */
  int floor(long id) {
    long value = packed(id, -1 >>> 1);
    int block = block(value);
    return block < 0 ? -1 : (int) blocks.get(block).values[blocks.get(block).floor(value)];
  }

  /** Adds a number; its start is new. */
  void put(long start, int number) {
    long value = packed(start, number);
    int at = Math.max(block(value), 0);
    if (blocks.isEmpty()) {
      blocks.add(new Block());
    } else if (blocks.get(at).size == BLOCK) {
      boolean behindAll = at == blocks.size() - 1 && blocks.get(at).floor(value) == BLOCK - 1;
      blocks.add(at + 1, behindAll ? new Block() : blocks.get(at).split());
      if (behindAll || value > blocks.get(at + 1).values[0]) {
        at++;
      }
    }
    Block block = blocks.get(at);
    block.insert(block.floor(value) + 1, value);
  }

  /** The last block whose first value is at or below this one; -1 if there is none. */
  private int block(long value) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).values[0] <= value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
