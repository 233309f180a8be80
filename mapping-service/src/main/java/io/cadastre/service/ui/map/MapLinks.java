/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import io.cadastre.service.idspace.IdCell;
import io.cadastre.service.idspace.IdWindow;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedIds;
import io.cadastre.subid.ReservedRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The links of a map's page: queries behind its path, since all that a map shows is in its address.
 *
 * @param base the path of the pages, with '/' at its end
 * @param type the ID space, which stays
 * @param window the window of the page
 * @param claim the chosen claim of the reserved table, which stays
 */
public record MapLinks(String base, IdType type, IdWindow window, Optional<ReservedRange> claim) {

  /**
   * The claim with this number, which is its place in the reserved table.
   *
   * @param number from 0; empty for a number that the table does not have
   */
  public static Optional<ReservedRange> claim(long number) {
    return number >= 0 && number < ReservedIds.TABLE.size()
        ? Optional.of(ReservedIds.TABLE.get((int) number))
        : Optional.empty();
  }

  /** Returns the link to the window that shows this cell larger; to a search for a single ID. */
  public String into(IdCell cell) {
    return window.pool().isEmpty() && cell.count() == 1
        ? base + "search?q=" + cell.first()
        : query(window.pool(), window.zoom() + 1, cell.first(), claim);
  }

  /** Returns the link to the window of this zoom around this one's first ID. */
  public String zoom(int zoom) {
    return query(window.pool(), zoom, window.first(), claim);
  }

  /** Returns the link to the window of the same zoom before this one. */
  public Optional<String> before() {
    return window.before().isPresent()
        ? Optional.of(query(window.pool(), window.zoom(), window.before().getAsLong(), claim))
        : Optional.empty();
  }

  /** Returns the link to the window of the same zoom after this one. */
  public Optional<String> after() {
    return window.after().isPresent()
        ? Optional.of(query(window.pool(), window.zoom(), window.after().getAsLong(), claim))
        : Optional.empty();
  }

  /** Returns the link to the whole of a pool. */
  public String pool(Pool pool) {
    return query(Optional.of(pool), 0, pool.segments().get(0).start(), claim);
  }

  /** Returns the link to the whole ID space. */
  public String space() {
    return query(Optional.empty(), 0, 0, claim);
  }

  /** Returns the link to the same window with the outlines of this claim, or without them. */
  public String outlined(ReservedRange reserved) {
    return query(
        window.pool(),
        window.zoom(),
        window.first(),
        claim.filter(reserved::equals).isPresent() ? Optional.empty() : Optional.of(reserved));
  }

  /** Returns the link to the same window of the other ID space. */
  public String otherType() {
    return new MapLinks(base, type == IdType.SUBUID ? IdType.SUBGID : IdType.SUBUID, window, claim)
        .zoom(window.zoom());
  }

  private String query(Optional<Pool> pool, int zoom, long id, Optional<ReservedRange> chosen) {
    List<String> parts = new ArrayList<>();
    if (type == IdType.SUBGID) {
      parts.add("type=subgid");
    }
    pool.ifPresent(p -> parts.add("pool=" + p.name()));
    if (zoom > 0) {
      parts.add("zoom=" + zoom);
      parts.add("id=" + id);
    }
    chosen.ifPresent(c -> parts.add("claim=" + ReservedIds.TABLE.indexOf(c)));
    return base + "map" + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
  }
}
