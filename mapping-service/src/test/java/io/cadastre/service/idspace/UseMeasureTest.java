/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange.Claim;
import io.cadastre.subid.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The counts are those of a walk over the IDs one by one. */
class UseMeasureTest {
  /** The small space in which all IDs are looked at. */
  private static final List<AllocationState> STATES = List.of(AllocationState.values());

  private static final long FIRST = 65_000;

  private static final int IDS = 4_000;

  private record Taken(IdRange range, AllocationState state) {}

  private record World(
      List<Taken> taken, List<Pool> pools, List<IdRange> blocked, List<IdRange> foreign) {
    UseMeasure measure() {
      return new UseMeasure(
          (within, work) ->
              taken.stream()
                  .filter(t -> t.range().overlaps(within))
                  .forEach(t -> work.accept(t.range().start(), t.range().last(), t.state())),
          pools,
          blocked,
          foreign);
    }

    IdUse of(long id) {
      return taken.stream()
          .filter(t -> t.range().contains(id))
          .map(t -> IdUse.of(t.state()))
          .findFirst()
          .orElseGet(() -> ground(id));
    }

    private IdUse ground(long id) {
      if (foreign.stream().anyMatch(range -> range.contains(id))) {
        return IdUse.FOREIGN;
      }
      if (blocked.stream().anyMatch(range -> range.contains(id))) {
        return IdUse.BLOCKED;
      }
      if (pools.stream().flatMap(p -> p.segments().stream()).anyMatch(s -> s.contains(id))) {
        return IdUse.FREE;
      }
      return ReservedIds.TABLE.stream()
              .anyMatch(r -> r.claim() == Claim.FORBIDDEN && r.ids().contains(id))
          ? IdUse.FORBIDDEN
          : IdUse.OUTSIDE;
    }
  }

  private static World random(Random random) {
    List<Taken> taken = new ArrayList<>();
    long at = FIRST;
    while (at < FIRST + IDS) {
      at += random.nextInt(4) == 0 ? 0 : random.nextInt(200);
      int count = 1 + random.nextInt(150);
      AllocationState state = STATES.get(random.nextInt(STATES.size()));
      taken.add(new Taken(new IdRange(at, count), state));
      at += count;
    }
    long firstOfPool = 66_000 + 10L * random.nextInt(100);
    Pool pool =
        new Pool("p", 10, List.of(new IdRange(firstOfPool, 1500)), Strategy.NEXT_FREE, 1000);
    return new World(taken, List.of(pool), ranges(random), ranges(random));
  }

  private static List<IdRange> ranges(Random random) {
    List<IdRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      ranges.add(new IdRange(FIRST + random.nextInt(IDS), 1 + random.nextInt(400)));
    }
    return ranges;
  }

  @Test
  void countsEachIdOnce() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      World world = random(random);
      UseMeasure measure = world.measure();
      for (int i = 0; i < 10; i++) {
        long start = FIRST + random.nextInt(IDS);
        IdRange one = new IdRange(start, 1 + random.nextInt(500));
        IdRange two = new IdRange(one.last() + 1 + random.nextInt(50), 1 + random.nextInt(50));
        UseCount counted = measure.of(new IdCell(List.of(one, two)));

        for (IdUse use : IdUse.values()) {
          long expected = count(world, use, one) + count(world, use, two);
          assertThat(counted.of(use)).as("%s, seed %d", use, seed).isEqualTo(expected);
        }
        assertThat(counted.all()).isEqualTo(one.count() + two.count());
      }
    }
  }

  private static long count(World world, IdUse use, IdRange range) {
    long count = 0;
    for (long id = range.start(); id <= range.last(); id++) {
      count += world.of(id) == use ? 1 : 0;
    }
    return count;
  }

  @Test
  void wholeSpaceWithoutAnythingIsForbiddenOrOutside() {
    UseMeasure empty = new UseMeasure((within, work) -> {}, List.of(), List.of(), List.of());
    UseCount all = UseCount.sum(IdWindow.ofSpace(0, 0).cells().stream().map(empty::of).toList());

    assertThat(all.all()).isEqualTo(IdRange.MAX_ID + 1);
    assertThat(all.of(IdUse.FORBIDDEN)).isEqualTo(2 * 65536);
    assertThat(all.of(IdUse.OUTSIDE)).isEqualTo(IdRange.MAX_ID + 1 - 2 * 65536);
    assertThat(all.only()).isEmpty();
  }
}
