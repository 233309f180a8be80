/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows split into cells, and cells are windows again, down to one ID or slot. */
class IdWindowTest {
  private static final Pool DEFAULT = pool(65536, IdRange.between(1001062400, 1879048191));

  private static Pool pool(long count, IdRange... segments) {
    return new Pool("default", count, List.of(segments), Strategy.NEXT_FREE, 1000);
  }

  @Test
  void wholeSpaceIsOneCellForEachFirstByte() {
    IdWindow window = IdWindow.ofSpace(0, 0);

    assertThat(window.cells()).hasSize(256);
    assertThat(window.cells().get(1).first()).isEqualTo(1L << 24);
    assertThat(window.last()).isEqualTo(IdRange.MAX_ID);
    assertThat(window.before()).isEmpty();
    assertThat(window.after()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4294967295",
    "1, 16777216",
    "2, 65536",
    "3, 256",
    "4, 256",
  })
  void eachZoomDividesBy256(int zoom, long ids) {
    IdWindow window = IdWindow.ofSpace(zoom, 1001127999);

    assertThat(window.cells().stream().mapToLong(IdCell::count).sum()).isEqualTo(ids);
    assertThat(window.overlaps(IdRange.between(1001127999, 1001127999))).isTrue();
    assertThat(window.isDeepest()).isEqualTo(zoom >= 3);
  }

  @Test
  void lastIdHasAWindow() {
    IdWindow window = IdWindow.ofSpace(3, IdRange.MAX_ID);

    assertThat(window.cells()).hasSize(255);
    assertThat(window.last()).isEqualTo(IdRange.MAX_ID);
    assertThat(window.after()).isEmpty();
    assertThat(window.before()).hasValue(window.first() - 1);
  }

  @Test
  void wholePoolIsEqualCellsOfSlots() {
    IdWindow window = IdWindow.ofPool(DEFAULT, 0, 1001062400);

    assertThat(window.slots()).isEqualTo(64);
    assertThat(window.cells()).hasSize(210);
    assertThat(window.cells().get(0).count()).isEqualTo(64 * 65536);
    assertThat(window.last()).isEqualTo(1879048191);
  }

  /** The end is reached however large the pool is, and its size does not grow the window. */
  @ParameterizedTest
  @CsvSource({"65536, 2", "512, 3", "1, 4", "100000, 2"})
  void zoomLeadsToOneSlotAndStaysThere(long count, int deepest) {
    long first = 1_001_062_400 / count * count;
    Pool pool = pool(count, new IdRange(first, 800_000_000 / count * count));
    long id = pool.range(pool.slots() - 2).start() + count - 1;
    for (int zoom = 0; zoom < 10; zoom++) {
      IdWindow window = IdWindow.ofPool(pool, zoom, id);

      assertThat(window.cells()).hasSizeLessThanOrEqualTo(IdWindow.MOST_CELLS);
      assertThat(window.overlaps(IdRange.between(id, id))).isTrue();
      assertThat(window.zoom()).isEqualTo(Math.min(zoom, deepest));
      assertThat(window.isDeepest()).isEqualTo(zoom >= deepest);
    }
    IdWindow slot = IdWindow.ofPool(pool, deepest, id);
    assertThat(slot.cells()).containsExactly(new IdCell(List.of(pool.range(pool.slots() - 2))));
    assertThat(slot.after()).hasValue(pool.range(pool.slots() - 1).start());
  }

  @Test
  void cellsOfAWindowAreTheNextWindows() {
    for (int zoom = 0; zoom < 2; zoom++) {
      IdWindow window = IdWindow.ofPool(DEFAULT, zoom, 1500000000);
      for (IdCell cell : window.cells()) {
        IdWindow next = IdWindow.ofPool(DEFAULT, zoom + 1, cell.first());

        assertThat(List.of(next.first(), next.last()))
            .isEqualTo(List.of(cell.first(), cell.last()));
      }
    }
  }

  @Test
  void neighboursCoverThePool() {
    IdWindow window = IdWindow.ofPool(DEFAULT, 1, 1001062400);
    long slots = 0;
    OptionalLong next = OptionalLong.of(window.first());
    while (next.isPresent()) {
      window = IdWindow.ofPool(DEFAULT, 1, next.getAsLong());
      slots += window.cells().size();
      next = window.after();
    }

    assertThat(slots).isEqualTo(DEFAULT.slots());
  }

  /** Segments need not be in the order of their IDs, and a cell can lie in several. */
  @Test
  void cellsGoThroughSegmentsInTheirOrder() {
    IdRange[] segments =
        LongStream.range(0, 1000)
            .mapToObj(i -> new IdRange(2_000_000_000 - i * 2000, 1000))
            .toArray(IdRange[]::new);
    Pool pool = pool(1000, segments);
    IdWindow window = IdWindow.ofPool(pool, 0, 2_000_000_000);

    assertThat(window.cells()).hasSize(250);
    assertThat(window.cells().get(1).parts())
        .containsExactly(segments[4], segments[5], segments[6], segments[7]);
    assertThat(window.cells().stream().mapToLong(IdCell::count).sum()).isEqualTo(1_000_000);
    assertThat(window.first()).isEqualTo(segments[999].start());
    assertThat(window.last()).isEqualTo(segments[0].last());
    assertThat(window.cells().get(1).first()).isEqualTo(segments[7].start());
    assertThat(window.cells().get(1).last()).isEqualTo(segments[4].last());
  }

  @Test
  void anIdOutsideIsRefused() {
    assertThatThrownBy(() -> IdWindow.ofPool(DEFAULT, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pool default does not have the ID 5");
  }
}
