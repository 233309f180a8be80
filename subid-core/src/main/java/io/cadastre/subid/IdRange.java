/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * A contiguous range of IDs: {@code count} IDs, the first of which is {@code start}. Immutable.
 *
 * <p>IDs are uid_t values. 2^32-1 is {@code (uid_t) -1} and never an ID, so the last ID of a range
 * is at most {@value #MAX_ID}.
 *
 * @param start the first ID, 0 to {@value #MAX_ID}
 * @param count how many IDs, at least 1
 */
public record IdRange(long start, long count) implements Comparable<IdRange> {
  /** The highest ID, 2^32-2. */
  public static final long MAX_ID = 0xFFFF_FFFEL;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the range is empty or leaves 0 to {@value #MAX_ID}
   */
  public IdRange {
    if (start < 0 || start > MAX_ID) {
      throw new IllegalArgumentException(
          "start %d is no ID: it must lie in 0 to %d".formatted(start, MAX_ID));
    }
    if (count < 1 || count > MAX_ID - start + 1) {
      throw new IllegalArgumentException(
          "count %d does not fit a range that starts at %d: it must lie in 1 to %d"
              .formatted(count, start, MAX_ID - start + 1));
    }
  }

  /** Returns the range from {@code first} to {@code last}, both inclusive. */
  public static IdRange between(long first, long last) {
    return new IdRange(first, last - first + 1);
  }

  /** Returns the last ID, inclusive. */
  public long last() {
    return start + count - 1;
  }

  /** Returns whether {@code id} lies in this range. */
  public boolean contains(long id) {
    return id >= start && id <= last();
  }

  /** Returns whether all of {@code other} lies in this range. */
  public boolean contains(IdRange other) {
    return other.start >= start && other.last() <= last();
  }

  /** Returns whether the two ranges share at least one ID. */
  public boolean overlaps(IdRange other) {
    return start <= other.last() && other.start <= last();
  }

  /** Compares by start, then by count. */
  @Override
  public int compareTo(IdRange other) {
    int byStart = Long.compare(start, other.start);
    return byStart != 0 ? byStart : Long.compare(count, other.count);
  }

  /** Returns {@code start:count}, as in subuid(5). */
  @Override
  public String toString() {
    return start + ":" + count;
  }
}
