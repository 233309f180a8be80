/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.Pool;
import java.util.List;

/** Computes how much of a pool ranges touch. Pure. */
public final class PoolShare {
  private static final int PERCENT = 100;

  /** A range with the count of the pool touches at most two slots, whatever the pool's size. */
  private static final int ALWAYS_SMALL = 2;

  private PoolShare() {}

  /** The number of slots that these ranges touch; a slot that two of them touch counts twice. */
  public static long slots(Pool pool, List<IdRange> ranges) {
    return ranges.stream().mapToLong(range -> pool.slotsTouching(range).count()).sum();
  }

  /** Whether these ranges touch over 1 % of the pool's slots, and more than two. */
  public static boolean isLarge(Pool pool, List<IdRange> ranges) {
    long touched = slots(pool, ranges);
    return touched > ALWAYS_SMALL && touched * PERCENT > pool.slots();
  }
}
