/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import io.cadastre.service.idspace.IdCell;
import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.idspace.UseCount;
import io.cadastre.service.registry.IdMap;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.ReservedRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A map as squares: rows of {@value #COLUMNS}, each square filled from below with what its IDs are
 * used for. All squares of a use are one path, so that the picture of a full window stays small.
 * Immutable.
 *
 * @param rows the rows of squares
 * @param squares a link for each square
 * @param layers the paths, from the bottom of the squares to their top
 * @param realIds the path of the marks of real IDs; empty without any
 * @param claimed the path of the outlines of the squares with IDs of the chosen claim; as above
 * @param firstIds the first ID of each row
 */
public record MapPicture(
    int rows,
    List<Square> squares,
    List<Layer> layers,
    String realIds,
    String claimed,
    List<Long> firstIds) {
  /** The squares of a row. */
  public static final int COLUMNS = 16;

  /** The side of a square with the space around it, in units of the picture. */
  public static final int PITCH = 30;

  private static final int MARGIN = 1;
  private static final int SIDE = PITCH - 2 * MARGIN;

  /** The height of the smallest part: low enough for one of each use, high enough to be seen. */
  private static final int LEAST = 3;

  /** Copies the lists. */
  public MapPicture {
    squares = List.copyOf(squares);
    layers = List.copyOf(layers);
    firstIds = List.copyOf(firstIds);
  }

  /**
   * The link of a square.
   *
   * @param x the left side
   * @param y the upper side
   * @param href where it leads to
   * @param label its IDs and their use, as text
   */
  public record Square(int x, int y, String href, String label) {}

  /**
   * The parts of all squares with one use.
   *
   * @param path the data of an SVG path
   */
  public record Layer(IdUse use, String path) {}

  /** The picture of a map, with links as {@code links} makes them. */
  public static MapPicture of(IdMap map, MapLinks links) {
    List<IdCell> cells = map.window().cells();
    int rows = (cells.size() + COLUMNS - 1) / COLUMNS;
    UseText text = UseText.of(map);
    return new MapPicture(
        rows,
        IntStream.range(0, cells.size())
            .mapToObj(
                i -> {
                  IdCell cell = cells.get(i);
                  String label = text.label(cell, map.uses().get(i), map.realIds().get(i));
                  return new Square(x(i), y(i), links.into(cell), label);
                })
            .toList(),
        layers(map.uses()),
        marks(map.realIds()),
        links.claim().map(claim -> outlines(cells, claim)).orElse(""),
        IntStream.range(0, rows).mapToObj(row -> cells.get(row * COLUMNS).first()).toList());
  }

  /** The width of the picture, in units. */
  public int width() {
    return COLUMNS * PITCH;
  }

  /** The height of the picture, in units. */
  public int height() {
    return rows * PITCH;
  }

  private static int x(int cell) {
    return cell % COLUMNS * PITCH;
  }

  private static int y(int cell) {
    return cell / COLUMNS * PITCH;
  }

  private static List<Layer> layers(List<UseCount> uses) {
    Map<IdUse, StringBuilder> paths = new EnumMap<>(IdUse.class);
    for (int i = 0; i < uses.size(); i++) {
      int bottom = y(i) + MARGIN + SIDE;
      Map<IdUse, Integer> heights = heights(uses.get(i));
      for (Map.Entry<IdUse, Integer> part : heights.entrySet()) {
        int height = part.getValue();
        paths
            .computeIfAbsent(part.getKey(), use -> new StringBuilder())
            .append("M%d %dh%dv-%dh-%dz".formatted(x(i) + MARGIN, bottom, SIDE, height, SIDE));
        bottom -= height;
      }
    }
    return paths.entrySet().stream()
        .map(path -> new Layer(path.getKey(), path.getValue().toString()))
        .toList();
  }

  /**
   * Divides the side of a square among the uses, as their IDs are many. Each use gets at least
   * {@value #LEAST} units, so that one slot among thousands is seen; the largest part gives them.
   */
  static Map<IdUse, Integer> heights(UseCount count) {
    Map<IdUse, Integer> heights = new EnumMap<>(IdUse.class);
    long all = count.all();
    int rest = SIDE;
    IdUse largest = IdUse.OUTSIDE;
    for (IdUse use : IdUse.values()) {
      if (count.of(use) > 0) {
        int height = (int) Math.max(LEAST, count.of(use) * SIDE / all);
        heights.put(use, height);
        rest -= height;
        largest = count.of(use) > count.of(largest) ? use : largest;
      }
    }
    heights.merge(largest, rest, Integer::sum);
    return heights;
  }

  /** A ring in the upper right corner. */
  private static String marks(List<Integer> realIds) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < realIds.size(); i++) {
      if (realIds.get(i) > 0) {
        path.append(
            "M%d %da4 4 0 1 0 8 0a4 4 0 1 0-8 0z".formatted(x(i) + SIDE - 10, y(i) + MARGIN + 7));
      }
    }
    return path.toString();
  }

  private static String outlines(List<IdCell> cells, ReservedRange claim) {
    IdRange ids = claim.ids();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).overlaps(ids)) {
        parts.add("M%d %dh%dv%dh-%dz".formatted(x(i), y(i), PITCH, PITCH, PITCH));
      }
    }
    return String.join("", parts);
  }
}
