/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

/**
 * How many requests may come from one source. Immutable.
 *
 * @param burst how many at once after a rest, 1 to 10,000,000
 * @param perSecond how many in each second in the long run, 1 to 1,000,000
 */
public record RequestRate(long burst, long perSecond) {
  private static final long MOST_AT_ONCE = 10_000_000;
  private static final long MOST_PER_SECOND = 1_000_000;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a number is out of its bounds
   */
  public RequestRate {
    if (burst < 1 || burst > MOST_AT_ONCE || perSecond < 1 || perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "burst %d, perSecond %d: burst is 1 to %d, perSecond 1 to %d"
              .formatted(burst, perSecond, MOST_AT_ONCE, MOST_PER_SECOND));
    }
  }
}
