/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import cadastre.subid.IdRange;
import cadastre.subid.Pool;
import cadastre.subid.Strategy;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** A pool as events carry it. */
@JsonPropertyOrder({"pool", "count", "strategy", "uidFirst", "segments"})
record PoolRecord(String pool, long count, String strategy, long uidFirst, List<Segment> segments) {

  /** Bounds of a segment, both inclusive. */
  @JsonPropertyOrder({"first", "last"})
  record Segment(long first, long last) {}

  static PoolRecord of(Pool pool) {
    return new PoolRecord(
        pool.name(),
        pool.count(),
        pool.strategy().name(),
        pool.uidFirst(),
        pool.segments().stream().map(s -> new Segment(s.start(), s.last())).toList());
  }

  Pool toPool() {
    return new Pool(
        pool,
        count,
        segments.stream().map(s -> IdRange.between(s.first(), s.last())).toList(),
        Strategy.valueOf(strategy),
        uidFirst);
  }
}
