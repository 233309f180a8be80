/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cadastre.service.idspace.IdCell;
import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.idspace.IdWindow;
import io.cadastre.service.idspace.UseCount;
import io.cadastre.service.idspace.UseMeasure;
import io.cadastre.service.registry.IdMap;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The picture and the table of a map. */
class MapPictureTest {
  private static final List<AllocationState> STATES = List.of(AllocationState.values());

  private static final long FIRST = 1001062400;
  private static final Pool DEFAULT = pool(65536);

  private static Pool pool(long count) {
    return new Pool(
        "default", count, List.of(IdRange.between(FIRST, 1879048191)), Strategy.NEXT_FREE, 1000);
  }

  /** A map of a pool in which the slots of these numbers, and no others, are allocated. */
  private static IdMap map(IdWindow window, Pool pool, List<Long> slots, List<IdRange> blocked) {
    List<IdRange> taken = slots.stream().map(pool::range).toList();
    UseMeasure measure =
        new UseMeasure(
            (within, work) ->
                taken.stream()
                    .filter(within::overlaps)
                    .forEach(r -> work.accept(r.start(), r.last(), AllocationState.ACTIVE)),
            List.of(pool),
            blocked,
            List.of());
    List<UseCount> uses = window.cells().stream().map(measure::of).toList();
    return map(window, uses, cell -> 0);
  }

  private static IdMap map(IdWindow window, List<UseCount> uses, IntUnaryOperator realIds) {
    return new IdMap(
        IdType.SUBUID,
        window,
        List.of(DEFAULT),
        Optional.empty(),
        uses,
        IntStream.range(0, uses.size()).map(realIds).boxed().toList(),
        UseCount.sum(uses),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static MapLinks links(IdMap map) {
    return new MapLinks("/ui/", IdType.SUBUID, map.window(), Optional.empty());
  }

  @Test
  void oneSlotAmongThousandsIsSeen() {
    IdMap map = map(IdWindow.ofPool(DEFAULT, 0, FIRST), DEFAULT, List.of(0L), List.of());
    MapPicture picture = MapPicture.of(map, links(map));

    assertThat(picture.rows()).isEqualTo(14);
    assertThat(picture.squares()).hasSize(210);
    assertThat(picture.squares().get(0))
        .isEqualTo(
            new MapPicture.Square(
                0,
                0,
                "/ui/map?pool=default&zoom=1&id=1001062400",
                "1001062400-1005256703: 1 active, 63 free"));
    assertThat(picture.squares().get(17).label()).endsWith(": free");
    assertThat(picture.layers().get(0))
        .isEqualTo(new MapPicture.Layer(IdUse.ACTIVE, "M1 29h28v-3h-28z"));
    assertThat(picture.firstIds()).hasSize(14).startsWith(FIRST, FIRST + 16 * 64 * 65536);
  }

  /** Whatever the amounts are, the parts of a square fill it, and none is left out. */
  @Test
  void partsFillTheSquare() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      UseCount count = random(random);
      var heights = MapPicture.heights(count);

      assertThat(heights.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(28);
      for (IdUse use : IdUse.values()) {
        assertThat(heights.getOrDefault(use, 0) > 0).isEqualTo(count.of(use) > 0);
      }
    }
  }

  private static UseCount random(Random random) {
    List<IdRange> taken = new ArrayList<>();
    List<AllocationState> states = new ArrayList<>();
    long at = 0;
    for (int i = random.nextInt(12); i > 0; i--) {
      at += 1 + random.nextInt(5000);
      taken.add(new IdRange(at, 1 + random.nextInt(i * 1000)));
      states.add(STATES.get(random.nextInt(STATES.size())));
      at = taken.get(taken.size() - 1).last() + 1;
    }
    UseMeasure measure =
        new UseMeasure(
            (within, work) -> {
              for (int i = 0; i < taken.size(); i++) {
                if (taken.get(i).overlaps(within)) {
                  work.accept(taken.get(i).start(), taken.get(i).last(), states.get(i));
                }
              }
            },
            List.of(),
            List.of(new IdRange(3000, 1 + random.nextInt(3000))),
            List.of(new IdRange(9000, 1 + random.nextInt(3000))));
    return measure.of(new IdCell(List.of(new IdRange(0, 70_000))));
  }

  /** All uses in all of 256 squares, each with real IDs, and a long name: still small. */
  @Test
  void fullestPictureIsSmall() {
    Pool pool =
        new Pool(
            "p".repeat(20),
            1,
            List.of(IdRange.between(2147483648L, 2147483648L + 65535)),
            Strategy.NEXT_FREE,
            0);
    IdWindow window = IdWindow.ofPool(pool, 0, 2147483648L);
    Random random = new Random(2);
    List<UseCount> uses = new ArrayList<>();
    while (uses.size() < window.cells().size()) {
      UseCount use = random(random);
      if (use.only().isEmpty()) {
        uses.add(use);
      }
    }
    IdMap map = map(window, uses, cell -> 12345);
    MapLinks links =
        new MapLinks("/ui/", IdType.SUBGID, window, Optional.of(ReservedIds.TABLE.get(24)));
    MapPicture picture = MapPicture.of(map, links);
    MapTable table = MapTable.of(map, links);

    int markup = 80;
    int bytes =
        picture.layers().stream().mapToInt(layer -> markup + layer.path().length()).sum()
            + picture.realIds().length()
            + picture.claimed().length()
            + picture.squares().stream()
                .mapToInt(s -> markup + s.href().length() + s.label().length())
                .sum()
            + table.rows().stream()
                .mapToInt(r -> r.href().length() + r.ids().length() + 20 * r.amounts().size())
                .sum();
    assertThat(picture.squares()).hasSize(256);
    assertThat(bytes).isLessThan(175_000);
  }

  @Test
  void tableHasOneRowForWhatIsAlike() {
    IdMap map =
        map(
            IdWindow.ofPool(DEFAULT, 0, FIRST),
            DEFAULT,
            List.of(0L, 1L, 6500L),
            List.of(DEFAULT.range(7000)));
    MapTable table = MapTable.of(map, links(map));

    assertThat(table.uses()).containsExactly(IdUse.ACTIVE, IdUse.BLOCKED, IdUse.FREE);
    assertThat(table.rows())
        .extracting(MapTable.Row::ids, MapTable.Row::amounts)
        .containsExactly(
            tuple("1001062400-1005256703", List.of("2", "", "62")),
            tuple("1005256704-1424687103", List.of("", "", "6,400")),
            tuple("1424687104-1428881407", List.of("1", "", "63")),
            tuple("1428881408-1458241535", List.of("", "", "448")),
            tuple("1458241536-1462435839", List.of("", "1", "63")),
            tuple("1462435840-1879048191", List.of("", "", "6,357")));
  }

  @Test
  void marksAndOutlinesAreOnTheirSquares() {
    IdWindow window = IdWindow.ofSpace(0, 0);
    IdMap whole = map(window, DEFAULT, List.of(), List.of());
    IdMap marked = map(window, whole.uses(), cell -> cell == 17 ? 3 : 0);
    MapLinks links = new MapLinks("/ui/", IdType.SUBUID, window, MapLinks.claim(13));

    MapPicture picture = MapPicture.of(marked, links);
    assertThat(picture.realIds()).isEqualTo("M48 38a4 4 0 1 0 8 0a4 4 0 1 0-8 0z");
    assertThat(picture.claimed()).isEqualTo("M0 0h30v30h-30z");
    assertThat(picture.squares().get(17).label()).endsWith(": in no pool, 3 real IDs");
    assertThat(picture.squares().get(17).href()).isEqualTo("/ui/map?zoom=1&id=285212672&claim=13");
    assertThat(MapLinks.claim(1000)).isEmpty();
    assertThat(MapTable.of(marked, links).rows())
        .filteredOn(row -> row.realIds() == 3)
        .extracting(MapTable.Row::ids)
        .containsExactly("285212672-301989887");
  }

  @Test
  void linksKeepWhatTheyDoNotChange() {
    IdWindow window = IdWindow.ofPool(DEFAULT, 1, 1500000000);
    MapLinks links = new MapLinks("/ui/", IdType.SUBGID, window, Optional.empty());

    assertThat(links.zoom(0)).isEqualTo("/ui/map?type=subgid&pool=default");
    assertThat(links.otherType()).isEqualTo("/ui/map?pool=default&zoom=1&id=1495990272");
    assertThat(links.before()).hasValue("/ui/map?type=subgid&pool=default&zoom=1&id=1495924736");
    assertThat(links.after()).hasValue("/ui/map?type=subgid&pool=default&zoom=1&id=1500184576");
    assertThat(links.space()).isEqualTo("/ui/map?type=subgid");
    assertThat(links.outlined(ReservedIds.TABLE.get(13)))
        .isEqualTo("/ui/map?type=subgid&pool=default&zoom=1&id=1495990272&claim=13");
    assertThat(
            new MapLinks("/ui/", IdType.SUBUID, IdWindow.ofSpace(3, 5), Optional.empty())
                .into(new IdCell(List.of(new IdRange(7, 1)))))
        .isEqualTo("/ui/search?q=7");
  }

  @Test
  void sharesAreNeverZeroOrAllByRounding() {
    assertThat(UseText.share(1, 13397)).isEqualTo("< 0.1 %");
    assertThat(UseText.share(13396, 13397)).isEqualTo("> 99.9 %");
    assertThat(UseText.share(1, 8)).isEqualTo("12.5 %");
    assertThat(UseText.share(8, 8)).isEqualTo("100 %");
    assertThat(UseText.share(0, 8)).isEqualTo("0 %");
    assertThat(new UseText(Optional.of(65536L)).amount(32768)).isEqualTo("0.5");
    assertThat(new UseText(Optional.empty()).amount(4294967295L)).isEqualTo("4,294,967,295");
  }
}
