/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.IdRange;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the ranges that overlap the next one in their order, among any number of ranges: keeps
 * eight bytes of each. Not thread-safe.
 */
final class RangeOverlaps {
  private long[] packed = new long[1024];
  private int size;

  /** Adds a range. */
  void add(IdRange range) {
    if (size == packed.length) {
      packed = Arrays.copyOf(packed, 2 * size);
    }
    packed[size++] = packed(range);
  }

  /** Start and count have 32 bits each. The sign is flipped, so that the order is that of IDs. */
  private static long packed(IdRange range) {
    return (range.start() << 32 | range.count()) ^ Long.MIN_VALUE;
  }

  private static IdRange range(long packed) {
    long bits = packed ^ Long.MIN_VALUE;
    return new IdRange(bits >>> 32, bits & 0xFFFF_FFFFL);
  }

  /** The ranges that overlap a neighbour: none in a sound ledger. */
  Set<IdRange> overlapping() {
    Arrays.sort(packed, 0, size);
    Set<IdRange> overlapping = new HashSet<>();
    for (int i = 1; i < size; i++) {
      IdRange before = range(packed[i - 1]);
      IdRange range = range(packed[i]);
      if (before.overlaps(range)) {
        overlapping.add(before);
        overlapping.add(range);
      }
    }
    return overlapping;
  }
}
