/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import java.util.Optional;

/**
 * Refuses a serial that no registry reaches: a node that accepted a forged one would refuse every
 * later snapshot as older. Pure.
 */
public final class SerialGuard {
  /** 2^53-1, the highest number that every JSON reader represents exactly. */
  private static final long HIGHEST = (1L << 53) - 1;

  /** A registry with one change a second needs thirty years for this step. */
  private static final long LONGEST_STEP = 1_000_000_000;

  private static final String REMEDY =
      "look in the registry's events for the jump; was a forged entry adopted?";

  private SerialGuard() {}

  /**
   * The rule that {@code next} breaks.
   *
   * @param last the last good snapshot; a node that accepted such a serial continues from it, by
   *     steps as from any other
   */
  public static Optional<Finding> check(Optional<Snapshot> last, Snapshot next) {
    boolean continues =
        last.filter(before -> isForged(before.serial()) && before.serial() <= next.serial())
            .isPresent();
    if (isForged(next.serial()) && !continues) {
      return Optional.of(
          Rule.SERIAL.broken(
              subject(next), "a serial is at least 0 and at most " + HIGHEST, REMEDY));
    }
    return last.filter(before -> next.serial() > highestAfter(before.serial()))
        .map(
            before ->
                Rule.SERIAL.broken(
                    subject(next),
                    "it is more than %d above the last one, serial %d"
                        .formatted(LONGEST_STEP, before.serial()),
                    REMEDY));
  }

  /** Does not overflow: a forged serial may be any number. */
  private static long highestAfter(long serial) {
    return serial > Long.MAX_VALUE - LONGEST_STEP ? Long.MAX_VALUE : serial + LONGEST_STEP;
  }

  private static boolean isForged(long serial) {
    return serial < 0 || serial > HIGHEST;
  }

  private static String subject(Snapshot snapshot) {
    return "serial " + snapshot.serial();
  }
}
