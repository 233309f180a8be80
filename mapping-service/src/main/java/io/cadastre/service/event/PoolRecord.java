/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.util.List;

/** A pool as events hold it. */
@JsonPropertyOrder({"pool", "count", "strategy", "uidFirst", "segments"})
public record PoolRecord(
    String pool, long count, String strategy, long uidFirst, List<Segment> segments) {

  /** Bounds of a segment, both inclusive. */
  @JsonPropertyOrder({"first", "last"})
  record Segment(long first, long last) {}

  /** The record of this pool. */
  public static PoolRecord of(Pool pool) {
    return new PoolRecord(
        pool.name(),
        pool.count(),
        pool.strategy().name(),
        pool.uidFirst(),
        pool.segments().stream().map(s -> new Segment(s.start(), s.last())).toList());
  }

  /**
   * The pool of this record.
   *
   * @throws IllegalArgumentException if a field holds an invalid value
   */
  public Pool toPool() {
    return new Pool(
        pool,
        count,
        segments.stream().map(s -> IdRange.between(s.first(), s.last())).toList(),
        Strategy.valueOf(strategy),
        uidFirst);
  }
}
