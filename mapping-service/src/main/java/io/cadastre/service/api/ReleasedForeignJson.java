/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.event.ReleasedRange;
import java.util.List;

/**
 * A foreign range that was, or would be, released.
 *
 * @param range the range
 * @param entries the DNs of the entries that had claimed it
 * @param freed the slots that are free since
 */
public record ReleasedForeignJson(RangeJson range, List<String> entries, List<FreedJson> freed) {
  /**
   * Free slots of one pool.
   *
   * @param first the number of the lowest one
   * @param slots how many
   */
  public record FreedJson(String pool, long first, long slots) {}

  /** The answer that reports this release. */
  public static ReleasedForeignJson of(ReleasedRange released) {
    return new ReleasedForeignJson(
        new RangeJson(released.start(), released.count()),
        released.entries(),
        released.freed().stream().map(f -> new FreedJson(f.pool(), f.first(), f.slots())).toList());
  }
}
