/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Packed allocations equal a map of objects, in any order of starts and through many changes. */
class PackedAllocationsTest {
  private static Allocation allocation(long place, String owner, Random random) {
    return new Allocation(
        new UUID(random.nextLong(), random.nextLong()),
        new Owner(
            owner,
            new OwnerName("n\u00e4me" + place),
            IdRange.MAX_ID - place,
            place,
            random.nextBoolean() ? Optional.of("uid=" + "\u4e2d".repeat(100)) : Optional.empty()),
        random.nextBoolean() ? Optional.of("default") : Optional.empty(),
        new IdRange(place * 20_000, 20_000),
        new IdRange(IdRange.MAX_ID - place * 20_000 - 20_000, 20_000),
        AllocationState.ACTIVE,
        random.nextLong(),
        random.nextLong());
  }

  @Test
  void anyOrderAndAnyChangeIsKept() {
    Random random = new Random(4711);
    NumberedAllocations packed = new NumberedAllocations();
    List<Allocation> plain = new ArrayList<>();
    Map<String, Integer> counting = new HashMap<>();
    TreeMap<Long, Integer> starts = new TreeMap<>();
    List<Long> places = new ArrayList<>();
    for (long place = 0; place < 20_000; place++) {
      places.add(place);
    }
    Collections.shuffle(places.subList(10_000, 20_000), random);
    for (long place : places) {
      String owner = "owner" + random.nextInt(15_000);
      Integer before = counting.get(owner);
      if (before != null) {
        Allocation closed = plain.get(before).withState(AllocationState.SUPERSEDED);
        plain.set(before, closed);
        packed.set(packed.number(closed.id()), closed);
      }
      Allocation added = allocation(place, owner, random);
      assertThat(packed.add(added)).isEqualTo(plain.size());
      counting.put(owner, plain.size());
      starts.put(added.gidRange().start(), plain.size());
      plain.add(added);
    }

    for (int i = 0; i < plain.size(); i++) {
      assertThat(packed.get(i)).isEqualTo(plain.get(i));
      assertThat(packed.number(plain.get(i).id())).isEqualTo(i);
      long id = random.nextLong(IdRange.MAX_ID);
      assertThat(packed.startingUpTo(IdType.SUBGID, id))
          .isEqualTo(
              Optional.ofNullable(starts.floorEntry(id)).map(Map.Entry::getValue).orElse(-1));
    }
    counting.forEach(
        (owner, number) -> assertThat(packed.counting(owner)).contains(plain.get(number)));
    assertThat(packed.counting("nobody")).isEmpty();
    assertThat(packed.number(new UUID(0, 0))).isEqualTo(-1);
  }

  @Test
  void ownerThatIsReboundCountsUnderItsNewIdOnly() {
    Random random = new Random(1);
    NumberedAllocations packed = new NumberedAllocations();
    Allocation old = allocation(1, "old", random);
    int number = packed.add(old);
    Owner owner = old.owner();
    Allocation rebound =
        old.withOwner(
            new Owner(
                "new-and-longer",
                owner.name(),
                owner.uidNumber(),
                owner.gidNumber(),
                Optional.of("uid=zoe")));

    packed.set(number, rebound);

    assertThat(packed.counting("old")).isEmpty();
    assertThat(packed.counting("new-and-longer")).contains(rebound);
  }
}
