/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.ledger.ForeignRange;
import java.util.List;

/**
 * The recorded ranges of entries that are not the ledger's.
 *
 * @param ranges the ranges, by their first IDs
 */
public record ForeignRangesJson(List<ForeignRangeJson> ranges) {
  /**
   * One range.
   *
   * @param type {@code subuid} or {@code subgid}
   * @param entry the DN of the entry that had it when it was recorded
   */
  public record ForeignRangeJson(String type, long start, long count, String entry) {}

  /** The answer that lists these ranges. */
  public static ForeignRangesJson of(List<ForeignRange> ranges) {
    return new ForeignRangesJson(
        ranges.stream()
            .map(
                f ->
                    new ForeignRangeJson(
                        f.type().word(), f.range().start(), f.range().count(), f.source()))
            .toList());
  }
}
