/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.Optional;

/**
 * Which part of the ID space a map shows.
 *
 * @param type the ID space
 * @param pool the pool whose slots are shown; empty for the whole space
 * @param zoom 0 for the whole space or pool, one more for each cell that was opened
 * @param id an ID of the part; empty for the first one
 */
public record MapRequest(IdType type, Optional<String> pool, int zoom, Optional<Long> id) {
  /** The highest zoom: no space needs as many steps to a single ID. */
  public static final int MOST_ZOOM = 32;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the zoom or the ID is out of bounds
   */
  public MapRequest {
    if (zoom < 0 || zoom > MOST_ZOOM) {
      throw new IllegalArgumentException(
          "zoom %d is refused: use 0 to %d".formatted(zoom, MOST_ZOOM));
    }
    if (id.isPresent() && (id.get() < 0 || id.get() > IdRange.MAX_ID)) {
      throw new IllegalArgumentException(
          "the ID %d is refused: use 0 to %d".formatted(id.get(), IdRange.MAX_ID));
    }
  }

  /** The whole space of subuids. */
  public static MapRequest whole() {
    return new MapRequest(IdType.SUBUID, Optional.empty(), 0, Optional.empty());
  }
}
