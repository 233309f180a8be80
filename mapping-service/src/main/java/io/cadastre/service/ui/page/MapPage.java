/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.idspace.IdWindow;
import io.cadastre.service.registry.IdMap;
import io.cadastre.service.ui.map.MapLegend;
import io.cadastre.service.ui.map.MapLinks;
import io.cadastre.service.ui.map.MapPicture;
import io.cadastre.service.ui.map.MapTable;
import io.cadastre.service.ui.map.MapTrail;
import io.cadastre.service.ui.map.UseText;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Pool;
import io.cadastre.subid.ReservedRange;
import io.cadastre.subid.ReservedRange.Claim;

/**
 * The map of a part of the ID space.
 *
 * @param frame what is round the content
 * @param map what the IDs are used for
 * @param links the addresses of other maps
 */
public record MapPage(Frame frame, IdMap map, MapLinks links) {

  /** The title of the page of a map. */
  public static String title(IdWindow window) {
    String name = MapTrail.name(window);
    if (window.isDeepest() && window.pool().isPresent()) {
      return "Slot %d-%d".formatted(window.first(), window.last());
    }
    return window.zoom() == 0
        ? "Map of the " + name
        : "Map of " + name + window.pool().map(pool -> " in pool " + pool.name()).orElse("");
  }

  /** The window. */
  public IdWindow window() {
    return map.window();
  }

  /** Whether the page shows one slot, which has no squares. */
  public boolean isSlot() {
    return window().isDeepest() && window().pool().isPresent();
  }

  /** The picture. */
  public MapPicture picture() {
    return MapPicture.of(map, links);
  }

  /** The picture as a table. */
  public MapTable table() {
    return MapTable.of(map, links);
  }

  /** The meaning of the patterns. */
  public MapLegend legend() {
    return MapLegend.of(map);
  }

  /** The windows around this one. */
  public MapTrail trail() {
    return MapTrail.of(links);
  }

  /** The ID space in a word. */
  public String type() {
    return map.type().word();
  }

  /** The other ID space in a word. */
  public String otherType() {
    return (map.type() == IdType.SUBUID ? IdType.SUBGID : IdType.SUBUID).word();
  }

  /** What one square stands for. */
  public String square() {
    String amount = UseText.grouped(window().pool().isPresent() ? window().slots() : ofCell());
    return window().pool().isPresent()
        ? amount + (window().slots() == 1 ? " slot" : " slots")
        : amount + (ofCell() == 1 ? " ID" : " IDs");
  }

  private long ofCell() {
    return window().cells().get(0).count();
  }

  /** The real IDs of the window. */
  public int realIds() {
    return map.realIds().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether this is the claim with outlines. */
  public boolean isOutlined(ReservedRange claim) {
    return links.claim().filter(claim::equals).isPresent();
  }

  /** The range of an allocation in the ID space of the map. */
  public IdRange range(Allocation allocation) {
    return allocation.range(map.type());
  }

  /** Whether this is another pool than that of the window. */
  public boolean isOther(Pool pool) {
    return window().pool().filter(pool::equals).isEmpty();
  }

  /** How strict a claim is, in the words of docs/id-space.md. */
  public static String strength(Claim claim) {
    return switch (claim) {
      case FORBIDDEN -> "forbidden";
      case ABOVE_2GI -> "above 2^31";
      case OPT_IN -> "opt-in";
      case CLAIMED -> "claimed";
    };
  }

  /** What keeps the claimant and the registry apart. */
  public static String remedy(ReservedRange claim) {
    return claim.claim() == Claim.FORBIDDEN
        ? "The service refuses such a pool and such an import."
        : claim.remedy();
  }
}
