/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Ranges, compared with the set of "the IDs from first to last". */
class IdRangeTest {

  @Property
  void holdsExactlyTheIdsFromFirstToLast(
      @ForAll @LongRange(min = 0, max = IdRange.MAX_ID) long a,
      @ForAll @LongRange(min = 0, max = IdRange.MAX_ID) long b,
      @ForAll @LongRange(min = 0, max = IdRange.MAX_ID) long id) {
    IdRange range = IdRange.between(Math.min(a, b), Math.max(a, b));

    assertThat(range.last()).isEqualTo(Math.max(a, b));
    assertThat(range.count()).isEqualTo(Math.abs(a - b) + 1);
    assertThat(range.contains(id)).isEqualTo(id >= Math.min(a, b) && id <= Math.max(a, b));
    assertThat(range).isEqualTo(new IdRange(range.start(), range.count()));
  }

  @Property
  void overlapsIffAnIdIsShared(@ForAll("small") IdRange a, @ForAll("small") IdRange b) {
    boolean shared = false;
    boolean all = true;
    for (long id = b.start(); id <= b.last(); id++) {
      shared |= a.contains(id);
      all &= a.contains(id);
    }

    assertThat(a.overlaps(b)).isEqualTo(shared).isEqualTo(b.overlaps(a));
    assertThat(a.contains(b)).isEqualTo(all);
  }

  @Property
  void sortsByStartThenCount(@ForAll("small") IdRange a, @ForAll("small") IdRange b) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
    if (a.start() < b.start()) {
      assertThat(a).isLessThan(b);
    }
  }

  @Provide
  Arbitrary<IdRange> small() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 40), Arbitraries.longs().between(1, 20))
        .as(IdRange::new);
  }

  @Example
  void endsWithTheLastId() {
    assertThat(new IdRange(IdRange.MAX_ID, 1).last()).isEqualTo(4294967294L);
    assertThat(new IdRange(0, IdRange.MAX_ID + 1)).hasToString("0:4294967295");
  }

  @Example
  void refusesWhatIsEmptyOrLeavesTheIdSpace() {
    refused(0, 0);
    refused(5, -1);
    refused(-1, 5);
    refused(0, IdRange.MAX_ID + 2);
    refused(IdRange.MAX_ID, 2);
    refused(IdRange.MAX_ID + 1, 1);
    refused(1, Long.MAX_VALUE);
    refused(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThatThrownBy(() -> IdRange.between(5, 4)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void refused(long start, long count) {
    assertThatThrownBy(() -> new IdRange(start, count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must lie in");
  }
}
