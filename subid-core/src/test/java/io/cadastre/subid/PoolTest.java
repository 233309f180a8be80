/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The grid of slots: numbers through all segments, no overlap, and the search for a slot by its
 * range.
 */
class PoolTest {

  @Property
  void everySlotIsOnTheGridAndFoundAgain(@ForAll("pools") Pool pool) {
    List<IdRange> seen = new ArrayList<>();
    for (long slot = 0; slot < pool.slots(); slot++) {
      IdRange range = pool.range(slot);
      assertThat(range.count()).isEqualTo(pool.count());
      assertThat(range.start() % pool.count()).isZero();
      assertThat(pool.segments()).anyMatch(segment -> segment.contains(range));
      assertThat(seen).noneMatch(range::overlaps);
      assertThat(pool.slotOf(range)).hasValue(slot);
      seen.add(range);
    }
  }

  @Property
  void slotsTouchingAreThoseThatOverlap(
      @ForAll("pools") Pool pool, @ForAll("ranges") IdRange range) {
    List<Long> expected = new ArrayList<>();
    for (long slot = 0; slot < pool.slots(); slot++) {
      if (pool.range(slot).overlaps(range)) {
        expected.add(slot);
      }
    }

    assertThat(pool.slotsTouching(range).boxed().sorted().toList()).isEqualTo(expected);
    assertThat(pool.slotOf(range).isPresent())
        .isEqualTo(expected.size() == 1 && pool.range(expected.get(0)).equals(range));
  }

  @Property
  void appendingASegmentRenumbersNothing(@ForAll("pools") Pool pool) {
    List<IdRange> more = new ArrayList<>(pool.segments());
    more.add(new IdRange(1000 * pool.count(), 3 * pool.count()));
    Pool longer = new Pool(pool.name(), pool.count(), more, pool.strategy(), pool.uidFirst());

    assertThat(longer.slots()).isEqualTo(pool.slots() + 3);
    for (long slot = 0; slot < pool.slots(); slot++) {
      assertThat(longer.range(slot)).isEqualTo(pool.range(slot));
    }
  }

  @Provide
  Arbitrary<Pool> pools() {
    Arbitrary<Long> count = Arbitraries.longs().between(1, 8);
    Arbitrary<List<Integer>> lengths = Arbitraries.integers().between(1, 4).list().ofSize(3);
    Arbitrary<Boolean> backwards = Arbitraries.of(true, false);
    return Combinators.combine(count, lengths, backwards).as(PoolTest::pool);
  }

  private static Pool pool(long count, List<Integer> lengths, boolean backwards) {
    List<IdRange> segments = new ArrayList<>();
    long at = count;
    for (int length : lengths) {
      segments.add(backwards ? 0 : segments.size(), new IdRange(at, length * count));
      at += (length + 1) * count;
    }
    return new Pool("default", count, segments, Strategy.NEXT_FREE, 0);
  }

  @Provide
  Arbitrary<IdRange> ranges() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 130), Arbitraries.longs().between(1, 40))
        .as(IdRange::new);
  }

  @Example
  void theDefaultPoolHas13397Slots() {
    Pool pool = single(65536, IdRange.between(1001062400, 1879048191), Strategy.NEXT_FREE);

    assertThat(pool.slots()).isEqualTo(13397);
    assertThat(pool.range(0)).hasToString("1001062400:65536");
    assertThat(pool.range(13396).last()).isEqualTo(1879048191);
    assertThatThrownBy(() -> pool.range(13397)).hasMessageContaining("no slot 13397: it has 13397");
    assertThatThrownBy(() -> pool.range(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Example
  void deterministicSlotsNeverWrap() {
    Pool pool = new Pool("d", 10, List.of(IdRange.between(100, 149)), Strategy.DETERMINISTIC, 1000);

    assertThat(pool.deterministicSlot(999)).isEmpty();
    assertThat(pool.deterministicSlot(1000)).isEqualTo(OptionalLong.of(0));
    assertThat(pool.deterministicSlot(1004)).isEqualTo(OptionalLong.of(4));
    assertThat(pool.deterministicSlot(1005)).isEmpty();
    assertThat(pool.deterministicSlot(IdRange.MAX_ID)).isEmpty();
  }

  @Example
  void refusesWhatIsNoGrid() {
    refused(() -> single(65536, new IdRange(100000, 65536), Strategy.NEXT_FREE), "[65536, 196607]");
    refused(() -> single(65536, new IdRange(65536, 65537), Strategy.NEXT_FREE), "not aligned");
    refused(() -> single(0, new IdRange(65536, 65536), Strategy.NEXT_FREE), "count 0");
    refused(() -> new Pool("p", 10, List.of(), Strategy.NEXT_FREE, 0), "no segment");
    refused(() -> new Pool("P", 10, List.of(), Strategy.NEXT_FREE, 0), "pool name");
    IdRange a = new IdRange(100, 50);
    IdRange b = new IdRange(140, 10);
    IdRange c = new IdRange(150, 10);
    refused(() -> new Pool("p", 10, List.of(a, b), Strategy.NEXT_FREE, 0), "overlap");
    refused(() -> new Pool("p", 10, List.of(a, c), Strategy.DETERMINISTIC, 0), "one segment");
  }

  private static Pool single(long count, IdRange segment, Strategy strategy) {
    return new Pool("default", count, List.of(segment), strategy, 0);
  }

  private static void refused(Runnable pool, String why) {
    assertThatThrownBy(pool::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
