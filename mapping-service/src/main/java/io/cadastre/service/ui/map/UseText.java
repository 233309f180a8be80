/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import io.cadastre.service.idspace.IdCell;
import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.idspace.UseCount;
import io.cadastre.service.registry.IdMap;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts of IDs as text: in slots for a pool, in IDs for the whole space.
 *
 * @param ofSlot the IDs of a slot; empty for counts in IDs
 */
public record UseText(Optional<Long> ofSlot) {

  /** The text of a map's counts. */
  public static UseText of(IdMap map) {
    return new UseText(map.window().pool().map(Pool::count));
  }

  /** Returns {@code slots} or {@code IDs}. */
  public String unit() {
    return ofSlot.isPresent() ? "slots" : "IDs";
  }

  /** Returns a number of IDs in this unit, with separators: {@code 13,397}, or {@code 0.5}. */
  public String amount(long ids) {
    long unit = ofSlot.orElse(1L);
    return ids % unit == 0
        ? grouped(ids / unit)
        : String.format(Locale.ROOT, "%,.1f", (double) ids / unit);
  }

  /** Returns a number with separators between thousands. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a part of a whole: {@code 12.5 %}, or {@code < 0.1 %}. */
  public static String share(long part, long whole) {
    double percent = 100.0 * part / whole;
    return part > 0 && percent < 0.1
        ? "< 0.1 %"
        : part < whole && percent > 99.9
            ? "> 99.9 %"
            : String.format(Locale.ROOT, "%.1f %%", percent).replace(".0 ", " ");
  }

  /** Returns the use as a reader sees it. */
  public static String name(IdUse use) {
    return switch (use) {
      case ACTIVE, WITHHELD, RETIRED, BLOCKED, FREE, FORBIDDEN -> use.word();
      case FOREIGN -> "not ours";
      case OUTSIDE -> "in no pool";
    };
  }

  /** Returns what a cell is, in one line. */
  public String label(IdCell cell, UseCount count, int realIds) {
    List<String> parts = new ArrayList<>();
    count
        .only()
        .ifPresentOrElse(
            use -> parts.add(name(use)),
            () -> {
              for (IdUse use : IdUse.values()) {
                if (count.of(use) > 0) {
                  parts.add(amount(count.of(use)) + " " + name(use));
                }
              }
            });
    if (realIds > 0) {
      parts.add(grouped(realIds) + (realIds == 1 ? " real ID" : " real IDs"));
    }
    return ids(cell) + ": " + String.join(", ", parts);
  }

  /** Returns the IDs of a cell: {@code 1001062400-1001127935}. */
  public static String ids(IdCell cell) {
    return cell.count() == 1
        ? Long.toString(cell.first())
        : cell.first() + "-" + cell.last() + (cell.parts().size() > 1 ? " with gaps" : "");
  }
}
