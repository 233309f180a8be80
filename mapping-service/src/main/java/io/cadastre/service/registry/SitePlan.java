/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes which counts and segments carry a site. Ranges are never used again, so that growth adds
 * up; and one tenth of a pool stays free, below which the audit warns. Pure.
 *
 * @param accounts the accounts that get a range now
 * @param growth new accounts in a year, in percent of the accounts at its beginning
 * @param years the years to plan for
 */
public record SitePlan(long accounts, double growth, int years) {
  /** The counts to choose from: 65536 serves every image, a smaller one fewer of them. */
  public static final List<Long> COUNTS = List.of(65536L, 32768L, 16384L, 8192L, 4096L, 2048L);

  /** The first ID that needs {@code allowAbove2Gi}. */
  private static final long TWO_GI = 1L << 31;

  /** The segments in the order in which a site should take them, aligned to every count. */
  private static final List<IdRange> SEGMENTS =
      List.of(
          IdRange.between(1001062400, 1879048191),
          IdRange.between(1879048192, 2147352575),
          IdRange.between(589824, 1001062399),
          IdRange.between(2147483648L, 4294901759L));

  /** So many of the first segments cross few claims. */
  private static final int CALM_SEGMENTS = 2;

  private static final int TENTHS_IN_USE = 9;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a number is out of them
   */
  public SitePlan {
    if (accounts < 1 || accounts > IdRange.MAX_ID) {
      throw new IllegalArgumentException(
          "%d accounts are refused: plan for 1 to %d".formatted(accounts, IdRange.MAX_ID));
    }
    if (!(growth >= 0 && growth <= 1000)) {
      throw new IllegalArgumentException(
          "a growth of %s percent is refused: give 0 to 1000".formatted(growth));
    }
    if (years < 0 || years > 100) {
      throw new IllegalArgumentException("%d years are refused: give 0 to 100".formatted(years));
    }
  }

  /**
   * A count and the segments that carry the site with it.
   *
   * @param count IDs of an owner
   * @param segments the segments, in the order of their use
   * @param slots the slots that they have
   * @param claims the claims of other programs that they cross
   */
  public record Choice(long count, List<IdRange> segments, long slots, List<ReservedRange> claims) {
    /** Whether IDs of 2^31 and above are among them. */
    public boolean isAbove2Gi() {
      return segments.stream().anyMatch(segment -> segment.last() >= TWO_GI);
    }
  }

  /** Returns how many ranges are needed at the end. */
  public long ranges() {
    double all = accounts * Math.pow(1 + growth / 100, years);
    return all >= IdRange.MAX_ID ? IdRange.MAX_ID : (long) Math.ceil(all - 1e-6);
  }

  /** Returns the fewest segments that carry the site with this count; empty if none do. */
  public Optional<Choice> choice(long count) {
    List<IdRange> taken = new ArrayList<>();
    for (IdRange segment : SEGMENTS) {
      taken.add(segment);
      if (carries(taken, count)) {
        return Optional.of(choice(taken, count));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the largest count below 2^31, preferably without the segment that crosses the IDs of
   * useradd and Incus; empty if none carries the site there.
   */
  public Optional<Choice> recommended() {
    List<Choice> below =
        COUNTS.stream()
            .flatMap(count -> choice(count).stream())
            .filter(choice -> !choice.isAbove2Gi())
            .toList();
    return below.stream()
        .filter(choice -> choice.segments().size() <= CALM_SEGMENTS)
        .findFirst()
        .or(() -> below.stream().findFirst());
  }

  /** Returns how many slots of this count all segments below 2^31 have. */
  public static long slotsBelow2Gi(long count) {
    return slots(SEGMENTS.stream().filter(segment -> segment.last() < TWO_GI).toList(), count);
  }

  /** Returns how many owners the first segment carries with this count. */
  public static long ownersOfTheDefaultPool(long count) {
    return slots(SEGMENTS.subList(0, 1), count) * TENTHS_IN_USE / 10;
  }

  private boolean carries(List<IdRange> segments, long count) {
    return ranges() <= slots(segments, count) * TENTHS_IN_USE / 10;
  }

  private static long slots(List<IdRange> segments, long count) {
    return segments.stream().mapToLong(segment -> segment.count() / count).sum();
  }

  private static Choice choice(List<IdRange> segments, long count) {
    Set<ReservedRange> claims = new LinkedHashSet<>();
    segments.forEach(
        segment ->
            ReservedIds.touching(segment).stream()
                .filter(reserved -> !reserved.keyword().isEmpty())
                .forEach(claims::add));
    return new Choice(count, List.copyOf(segments), slots(segments, count), List.copyOf(claims));
  }
}
