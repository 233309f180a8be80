/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.PoolHeld;
import io.cadastre.subid.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The pools from which no range is given now, each with the entries of the directory that hold it:
 * they claim so much of it that blocking their slots would close it for good. Thread-safe.
 */
public final class PoolHolds {
  private static final Duration RETRY = Duration.ofSeconds(60);

  private volatile Map<String, List<String>> entries = Map.of();

  /** Sets which pools, by name, are held by which entries, by DN. */
  void set(Map<String, List<String>> entriesByPool) {
    entries = Map.copyOf(entriesByPool);
  }

  /** Whether any pool is held. */
  boolean any() {
    return !entries.isEmpty();
  }

  /**
   * Returns if ranges may be taken from the pool.
   *
   * @throws PoolHeld if not, naming an entry that holds it
   */
  void check(Pool pool) {
    List<String> holding = entries.getOrDefault(pool.name(), List.of());
    if (!holding.isEmpty()) {
      throw new PoolHeld(
          "no range can be taken from pool %s now: the entry %s of the directory%s claims too much of it and is not the ledger's. Delete the entry, or run: %s"
              .formatted(
                  pool.name(),
                  holding.get(0),
                  holding.size() > 1 ? " (and %d more)".formatted(holding.size() - 1) : "",
                  DismissalCommands.command(holding.get(0))),
          RETRY);
    }
  }
}
