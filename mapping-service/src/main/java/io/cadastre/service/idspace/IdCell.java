/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idspace;

import io.cadastre.subid.IdRange;
import java.util.List;

/**
 * A cell of a map: the IDs that one square stands for. Immutable.
 *
 * @param parts the IDs, at least one range; several where a cell of a pool lies in several segments
 */
public record IdCell(List<IdRange> parts) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public IdCell {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a cell without IDs");
    }
  }

  /** Returns the lowest ID: a window around it has the cell in it. */
  public long first() {
    return parts.stream().mapToLong(IdRange::start).min().orElseThrow();
  }

  /** Returns the highest ID. */
  public long last() {
    return parts.stream().mapToLong(IdRange::last).max().orElseThrow();
  }

  /** Returns the number of IDs. */
  public long count() {
    return parts.stream().mapToLong(IdRange::count).sum();
  }

  /** Returns whether an ID of the range is in the cell. */
  public boolean overlaps(IdRange range) {
    return parts.stream().anyMatch(range::overlaps);
  }
}
