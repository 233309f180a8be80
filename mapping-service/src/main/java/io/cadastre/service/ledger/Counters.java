/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the search for a free slot stands in each pool, within one change. Not thread-safe.
 *
 * <p>The first search goes on from the recorded counter, which only rises. Once it has reached the
 * end, a second one looks again at all slots before the counter as it was when the change began:
 * some were passed over then, or were released since. Its place is not recorded.
 */
final class Counters {
  private final PoolTable pools;
  private final Map<String, Position> positions = new HashMap<>();

  /**
   * A place in a pool.
   *
   * @param begun where the first search began, and the second ends: what lies between was seen
   * @param next where the first search goes on
   * @param again where the second does
   */
  record Position(long begun, long next, long again) {
    private Position after(Position earlier) {
      return new Position(
          Math.min(begun, earlier.begun),
          Math.max(next, earlier.next),
          Math.max(again, earlier.again));
    }
  }

  Counters(PoolTable pools) {
    this.pools = pools;
  }

  Position of(String pool) {
    return positions.computeIfAbsent(pool, name -> begin(pools.nextSlot(name)));
  }

  private static Position begin(long recorded) {
    return new Position(recorded, recorded, 0);
  }

  void setNext(String pool, long slot) {
    positions.put(pool, new Position(of(pool).begun(), slot, of(pool).again()));
  }

  void setAgain(String pool, long slot) {
    positions.put(pool, new Position(of(pool).begun(), of(pool).next(), slot));
  }

  /** Moves on to where an earlier change stood that was taken back. */
  void startFrom(Map<String, Position> earlier) {
    earlier.forEach((pool, position) -> positions.put(pool, of(pool).after(position)));
  }

  /** The pools that were asked for a slot. */
  Map<String, Position> positions() {
    return Map.copyOf(positions);
  }

  void write() {
    positions.forEach((pool, position) -> pools.setNextSlot(pool, position.next()));
  }
}
