/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import io.cadastre.service.idspace.IdCell;
import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.idspace.UseCount;
import io.cadastre.service.registry.IdMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A map as a table: what the picture shows, in words and numbers. Cells one after another that have
 * one use, the same one, are one row. Immutable.
 *
 * @param uses the uses that the window has: a column each
 * @param rows the rows
 */
public record MapTable(List<IdUse> uses, List<Row> rows) {
  /** Copies the lists. */
  public MapTable {
    uses = List.copyOf(uses);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param ids the IDs
   * @param href the window of its first cell
   * @param amounts the amount of each use of the table; empty text for none
   * @param realIds the number of real IDs
   */
  public record Row(String ids, String href, List<String> amounts, int realIds) {
    /** Copies the list. */
    public Row {
      amounts = List.copyOf(amounts);
    }
  }

  /** The table of a map, with links as {@code links} makes them. */
  public static MapTable of(IdMap map, MapLinks links) {
    List<IdUse> uses = Arrays.stream(IdUse.values()).filter(use -> map.all().of(use) > 0).toList();
    UseText text = UseText.of(map);
    List<Row> rows = new ArrayList<>();
    List<IdCell> cells = map.window().cells();
    for (int from = 0, to; from < cells.size(); from = to) {
      to = endOfRun(map, from);
      IdCell joined =
          new IdCell(
              cells.subList(from, to).stream().flatMap(cell -> cell.parts().stream()).toList());
      UseCount count = UseCount.sum(map.uses().subList(from, to));
      rows.add(
          new Row(
              ids(joined),
              links.into(cells.get(from)),
              uses.stream().map(use -> amount(text, count.of(use))).toList(),
              map.realIds().get(from)));
    }
    return new MapTable(uses, rows);
  }

  /** The first cell after those that make one row with this one. */
  private static int endOfRun(IdMap map, int from) {
    Optional<IdUse> only = map.uses().get(from).only();
    int to = from + 1;
    while (only.isPresent()
        && to < map.uses().size()
        && map.uses().get(to).only().equals(only)
        && map.realIds().get(from) == 0
        && map.realIds().get(to) == 0) {
      to++;
    }
    return to;
  }

  private static String ids(IdCell joined) {
    long between = joined.last() - joined.first() + 1;
    return joined.count() == 1
        ? Long.toString(joined.first())
        : joined.first() + "-" + joined.last() + (between == joined.count() ? "" : " with gaps");
  }

  private static String amount(UseText text, long ids) {
    return ids == 0 ? "" : text.amount(ids);
  }
}
