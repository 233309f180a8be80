/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.packed.PackedAllocation;
import io.cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps allocations as bytes, some 150 of each instead of some 700 as objects in maps. The number
 * of an allocation is its place in the order in which they were added. Not thread-safe.
 */
final class PackedAllocations {
  private static final int CHUNK_BITS = 20;
  private static final int CHUNK = 1 << CHUNK_BITS;

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
    append(size, PackedAllocation.of(allocation));
    return size++;
  }

  /** Replaces the allocation with this number. */
  void set(int number, Allocation allocation) {
    byte[] bytes = PackedAllocation.of(allocation);
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

  /** The same for the same allocations in any order. */
  long fingerprint() {
    long sum = 0;
    for (int number = 0; number < size; number++) {
      sum += PackedAllocation.fingerprint(chunk(number), offset(number));
    }
    return sum;
  }

  /** The allocation with this number. */
  Allocation get(int number) {
    return PackedAllocation.allocation(chunk(number), offset(number));
  }
}
