/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A named grid of slots from which ranges are allocated. Slots are numbered from 0 through all
 * segments in their order: a segment that is appended renumbers no slot. Immutable.
 *
 * @param name lower-case letters, digits and hyphens
 * @param count IDs per slot
 * @param segments inclusive ranges of IDs, each aligned to {@code count}, in the order they are
 *     used
 * @param strategy how a slot is chosen
 * @param uidFirst the owner's uid of slot 0 under {@link Strategy#DETERMINISTIC}; unused otherwise
 */
public record Pool(
    String name, long count, List<IdRange> segments, Strategy strategy, long uidFirst) {
  /** The count that most container images need, and that Apptainer and rootless Docker require. */
  public static final long DEFAULT_COUNT = 65536;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * Checks that the segments form a grid.
   *
   * @throws IllegalArgumentException with the wrong value and the nearest one that is valid
   */
  public Pool {
    segments = List.copyOf(segments);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the pool name \"%s\" is refused: use 1 to 63 lower-case letters, digits and hyphens"
              .formatted(name));
    }
    if (count < 1 || count > IdRange.MAX_ID) {
      throw new IllegalArgumentException(
          "pool %s: count %d is refused, it must be at least 1".formatted(name, count));
    }
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("pool %s has no segment".formatted(name));
    }
    for (int i = 0; i < segments.size(); i++) {
      checkSegment(name, count, segments, i);
    }
    if (strategy == Strategy.DETERMINISTIC && segments.size() > 1) {
      throw new IllegalArgumentException(
          "pool %s: a deterministic pool has one segment, not %d".formatted(name, segments.size()));
    }
  }

  private static void checkSegment(String name, long count, List<IdRange> segments, int i) {
    IdRange segment = segments.get(i);
    if (segment.start() % count != 0 || segment.count() % count != 0) {
      throw new IllegalArgumentException(
          "pool %s: segment [%d, %d] is not aligned to its count %d; [%d, %d] would be"
              .formatted(
                  name,
                  segment.start(),
                  segment.last(),
                  count,
                  segment.start() / count * count,
                  (segment.last() / count + 1) * count - 1));
    }
    for (IdRange other : segments.subList(0, i)) {
      if (segment.overlaps(other)) {
        throw new IllegalArgumentException(
            "pool %s: segments [%d, %d] and [%d, %d] overlap"
                .formatted(name, other.start(), other.last(), segment.start(), segment.last()));
      }
    }
  }

  /** Returns the number of slots in all segments. */
  public long slots() {
    return segments.stream().mapToLong(s -> s.count() / count).sum();
  }

  /**
   * Returns the IDs of a slot.
   *
   * @param slot 0 to {@code slots() - 1}
   * @throws IndexOutOfBoundsException if there is no such slot
   */
  public IdRange range(long slot) {
    long rest = slot;
    for (IdRange segment : segments) {
      long here = segment.count() / count;
      if (rest >= 0 && rest < here) {
        return new IdRange(segment.start() + rest * count, count);
      }
      rest -= here;
    }
    throw new IndexOutOfBoundsException(
        "pool %s has no slot %d: it has %d".formatted(name, slot, slots()));
  }

  /** Returns the slot with exactly these IDs; empty if {@code range} is not on the grid. */
  public OptionalLong slotOf(IdRange range) {
    return range.count() == count && range.start() % count == 0
        ? slotsTouching(range).findFirst()
        : OptionalLong.empty();
  }

  /** Returns the slots that share at least one ID with {@code range}, in order. */
  public LongStream slotsTouching(IdRange range) {
    LongStream touching = LongStream.empty();
    long base = 0;
    for (IdRange segment : segments) {
      if (segment.overlaps(range)) {
        long from = Math.max(segment.start(), range.start()) - segment.start();
        long to = Math.min(segment.last(), range.last()) - segment.start();
        touching =
            LongStream.concat(
                touching, LongStream.rangeClosed(base + from / count, base + to / count));
      }
      base += segment.count() / count;
    }
    return touching;
  }

  /**
   * Returns the slot of this uid under {@link Strategy#DETERMINISTIC}; empty if the pool has no
   * such slot.
   */
  public OptionalLong deterministicSlot(long uidNumber) {
    long slot = uidNumber - uidFirst;
    return slot < 0 || slot >= slots() ? OptionalLong.empty() : OptionalLong.of(slot);
  }
}
