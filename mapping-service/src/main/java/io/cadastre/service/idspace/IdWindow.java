/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A window of the ID space, or of the slots of a pool, as at most {@value #MOST_CELLS} cells. Each
 * cell of a window is a window of the next zoom, down to one ID or one slot. Immutable.
 *
 * @param pool the pool, if the cells are slots of it
 * @param zoom 0 for the whole; the highest zoom of a pool shows one slot
 * @param slots the slots of a cell; 0 without a pool
 * @param cells the cells in order
 * @param before an ID in the window of the same zoom that lies before this one
 * @param after an ID in the window of the same zoom that lies after this one
 */
public record IdWindow(
    Optional<Pool> pool,
    int zoom,
    long slots,
    List<IdCell> cells,
    OptionalLong before,
    OptionalLong after) {
  /** The most cells of a window: 16 rows of 16, each of them one byte of an ID. */
  public static final int MOST_CELLS = 256;

  private static final int BITS = 32;
  private static final int BITS_OF_ZOOM = 8;

  /** The highest zoom of the ID space: its cells are IDs. */
  public static final int HIGHEST_ZOOM = BITS / BITS_OF_ZOOM - 1;

  /** Copies the list. */
  public IdWindow {
    cells = List.copyOf(cells);
  }

  /**
   * The window of the whole ID space that has this ID.
   *
   * @param zoom each step divides the IDs by 256; higher than {@link #HIGHEST_ZOOM} counts as that
   * @param id 0 to {@link IdRange#MAX_ID}
   */
  public static IdWindow ofSpace(int zoom, long id) {
    int step = Math.min(zoom, HIGHEST_ZOOM);
    long span = 1L << (BITS - BITS_OF_ZOOM * step);
    long first = id / span * span;
    long ofCell = span / MOST_CELLS;
    List<IdCell> cells = new ArrayList<>();
    for (long start = first; start < first + span && start <= IdRange.MAX_ID; start += ofCell) {
      cells.add(
          new IdCell(
              List.of(IdRange.between(start, Math.min(start + ofCell - 1, IdRange.MAX_ID)))));
    }
    return new IdWindow(
        Optional.empty(),
        step,
        0,
        cells,
        first == 0 ? OptionalLong.empty() : OptionalLong.of(first - 1),
        first + span > IdRange.MAX_ID ? OptionalLong.empty() : OptionalLong.of(first + span));
  }

  /**
   * The window of a pool's slots that has this ID. With zoom 0 it is all of them, each cell the
   * same power of two of slots.
   *
   * @param zoom each step shows one cell of the window before; too high a zoom counts as the
   *     highest, which shows one slot
   * @param id an ID of the pool
   * @throws IllegalArgumentException if the pool does not have the ID
   */
  public static IdWindow ofPool(Pool pool, int zoom, long id) {
    long slot =
        pool.slotsTouching(IdRange.between(id, id))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "pool %s does not have the ID %d".formatted(pool.name(), id)));
    int step = 0;
    long from = 0;
    long to = pool.slots();
    long ofCell = slotsOfCell(to);
    while (step < zoom && to - from > 1) {
      from = slot / ofCell * ofCell;
      to = Math.min(from + ofCell, pool.slots());
      ofCell = slotsOfCell(ofCell);
      step++;
    }
    List<IdCell> cells = new ArrayList<>();
    for (long first = from; first < to; first += ofCell) {
      cells.add(new IdCell(parts(pool, first, Math.min(first + ofCell, to))));
    }
    return new IdWindow(
        Optional.of(pool),
        step,
        ofCell,
        cells,
        from == 0 ? OptionalLong.empty() : OptionalLong.of(pool.range(from - 1).start()),
        to == pool.slots() ? OptionalLong.empty() : OptionalLong.of(pool.range(to).start()));
  }

  /** The smallest power of two of slots in a cell with which all slots fit a window. */
  private static long slotsOfCell(long slots) {
    long ofCell = 1;
    while (ofCell * MOST_CELLS < slots) {
      ofCell *= 2;
    }
    return ofCell;
  }

  /** The IDs of the slots from {@code from} to {@code to - 1}. */
  private static List<IdRange> parts(Pool pool, long from, long to) {
    List<IdRange> parts = new ArrayList<>();
    long base = 0;
    for (IdRange segment : pool.segments()) {
      long end = base + segment.count() / pool.count();
      long first = Math.max(from, base);
      long last = Math.min(to, end);
      if (first < last) {
        parts.add(
            new IdRange(
                segment.start() + (first - base) * pool.count(), (last - first) * pool.count()));
      }
      base = end;
    }
    return parts;
  }

  /** Returns the lowest ID, which is not in the first cell where the segments of a pool descend. */
  public long first() {
    return cells.stream().mapToLong(IdCell::first).min().orElseThrow();
  }

  /** Returns the highest ID. */
  public long last() {
    return cells.stream().mapToLong(IdCell::last).max().orElseThrow();
  }

  /** Returns whether this is the deepest window: one slot of a pool, or single IDs. */
  public boolean isDeepest() {
    return pool.isPresent() ? slots == 1 && cells.size() == 1 : zoom == HIGHEST_ZOOM;
  }

  /** Returns whether an ID of the range is in the window. */
  public boolean overlaps(IdRange range) {
    return cells.stream().anyMatch(cell -> cell.overlaps(range));
  }
}
