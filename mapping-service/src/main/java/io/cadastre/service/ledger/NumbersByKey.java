/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.util.function.IntPredicate;

/**
 * Finds numbers by the hash of a key: a hash table with open addressing, of twelve to twenty-four
 * bytes for each number. Holds no key: its caller knows which key a number has. Not thread-safe.
 */
final class NumbersByKey {
  /** A number, plus one, in the lower half and its hash in the upper half; zero is free. */
  private long[] table = new long[1024];

  private int size;

  /** The first number under this hash that has the key, by {@code hasKey}; -1 if there is none. */
  int find(int hash, IntPredicate hasKey) {
    int place = place(hash, hasKey);
    return table[place] == 0 ? -1 : (int) table[place] - 1;
  }

  /**
   * Adds a number under this hash.
   *
   * @param isSuperseded whether a number under this hash may lose its place to this one
   */
  void put(int hash, int number, IntPredicate isSuperseded) {
    if (2 * size >= table.length) {
      grow();
    }
    int place = place(hash, other -> other == number || isSuperseded.test(other));
    if (table[place] == 0) {
      size++;
    }
    table[place] = (long) hash << 32 | number + 1;
  }

  /** The place of the first number under this hash that passes, or the free one behind them. */
  private int place(int hash, IntPredicate passes) {
    int place = spread(hash);
    while (table[place] != 0
        && ((int) (table[place] >>> 32) != hash || !passes.test((int) table[place] - 1))) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ mixed >>> 16) & (table.length - 1);
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    for (long entry : old) {
      if (entry != 0) {
        table[place((int) (entry >>> 32), other -> false)] = entry;
      }
    }
  }
}
