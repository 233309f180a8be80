/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.failure.Unavailable;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds all changes back while the directory may know ranges that the ledger does not: after a
 * start until the two have been compared, and while the directory is ahead because an old backup of
 * the ledger was restored. Giving out a range then could give it twice. Thread-safe.
 */
public final class DirectoryGuard {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private volatile Optional<String> obstacle;

  private DirectoryGuard(Optional<String> obstacle) {
    this.obstacle = obstacle;
  }

  /** A guard that waits for the first comparison. */
  public static DirectoryGuard closed() {
    return new DirectoryGuard(
        Optional.of("the ledger has not been compared with the directory since the start"));
  }

  /** A guard for a service that publishes nowhere: there is nothing to compare with. */
  public static DirectoryGuard open() {
    return new DirectoryGuard(Optional.empty());
  }

  /** Holds allocations back, for this reason. */
  void hold(String why) {
    obstacle = Optional.of(why);
  }

  /** Lets allocations go on. */
  void release() {
    obstacle = Optional.empty();
  }

  /** Why allocations are held back, if they are. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /**
   * Returns if a range may be given out.
   *
   * @throws Unavailable if not
   */
  void check() {
    obstacle.ifPresent(
        why -> {
          throw new Unavailable("nothing can be changed now: " + why, RETRY);
        });
  }
}
