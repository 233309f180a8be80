/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.registry.IdMap;
import java.util.Arrays;
import java.util.List;

/**
 * What the patterns of a map mean, with the amounts of the whole window. Immutable.
 *
 * @param unit {@code slots} or {@code IDs}
 * @param rows a row for each use of the window
 */
public record MapLegend(String unit, List<Row> rows) {
  /** Copies the list. */
  public MapLegend {
    rows = List.copyOf(rows);
  }

  /**
   * A use.
   *
   * @param use the use, which has a pattern of its own
   * @param name the use as a reader sees it
   * @param amount how much of the window it is
   * @param share the same in percent
   */
  public record Row(IdUse use, String name, String amount, String share) {}

  /** The legend of a map. */
  public static MapLegend of(IdMap map) {
    UseText text = UseText.of(map);
    return new MapLegend(
        text.unit(),
        Arrays.stream(IdUse.values())
            .filter(use -> map.all().of(use) > 0)
            .map(
                use ->
                    new Row(
                        use,
                        UseText.name(use),
                        text.amount(map.all().of(use)),
                        UseText.share(map.all().of(use), map.all().all())))
            .toList());
  }
}
