/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.PoolHeld;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Holds changes back while they could give a range out twice.
 *
 * <ul>
 *   <li>All changes wait after a start until the ledger has been verified against its events and
 *       compared with the directory, and again from a difference on. Each part holds and releases
 *       on its own.
 *   <li>Allocation from a pool waits while entries of the directory claim so much of the pool that
 *       blocking their slots would close it for good.
 * </ul>
 *
 * Thread-safe.
 */
public final class ChangeGate {
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration POOL_RETRY = Duration.ofSeconds(60);

  /** A reason to hold all changes back; of two, the first is reported. */
  public enum Part {
    /** The ledger differs from its own events, or has not been verified yet. */
    LEDGER,
    /** The directory may know ranges that the ledger does not. */
    DIRECTORY
  }

  private final Map<Part, String> obstacles = new ConcurrentSkipListMap<>();
  private volatile Map<String, List<String>> entriesByPool = Map.of();

  private ChangeGate() {}

  /** Returns a gate that waits for the first comparison with the directory. */
  public static ChangeGate closed() {
    ChangeGate gate = new ChangeGate();
    gate.hold(
        Part.DIRECTORY, "the ledger has not been compared with the directory since the start");
    return gate;
  }

  /** Returns an open gate, for a service without a directory. */
  public static ChangeGate open() {
    return new ChangeGate();
  }

  /** Holds all changes back for this reason, which replaces the earlier reason of the part. */
  void hold(Part part, String reason) {
    obstacles.put(part, reason);
  }

  /** Ends the hold of this part. */
  void release(Part part) {
    obstacles.remove(part);
  }

  /** Sets the held pools: the DNs of the entries that claim too much of a pool, by its name. */
  void holdPools(Map<String, List<String>> entriesByPool) {
    this.entriesByPool = Map.copyOf(entriesByPool);
  }

  /** Whether any pool is held. */
  boolean holdsPools() {
    return !entriesByPool.isEmpty();
  }

  /** Returns why all changes are held back; empty if they are not. */
  public Optional<String> obstacle() {
    return obstacles.values().stream().findFirst();
  }

  /** Returns why this part holds changes back; empty if it does not. */
  public Optional<String> obstacle(Part part) {
    return Optional.ofNullable(obstacles.get(part));
  }

  /**
   * Returns if changes may be made.
   *
   * @throws Unavailable if not
   */
  void check() {
    check(obstacle());
  }

  /**
   * Returns if changes may be made, and this one has a reason.
   *
   * @param change the verb of the change, as the message says it
   * @throws Refused if there is no reason
   * @throws Unavailable if no change may be made
   */
  void check(AuditContext context, String change) {
    requireReason(context, change);
    check();
  }

  /**
   * Returns if the change has a reason, whether or not changes may be made.
   *
   * @param change as for {@link #check(AuditContext, String)}
   * @throws Refused if there is no reason
   */
  static void requireReason(AuditContext context, String change) {
    if (context.reason().filter(reason -> !reason.isBlank()).isEmpty()) {
      throw new Refused(
          RefusalCode.REASON_MISSING,
          "to %s needs a \"reason\": the event keeps it for audits".formatted(change));
    }
  }

  /**
   * Returns if this part holds nothing back: for a command that ends the hold of another part.
   *
   * @throws Unavailable if it does
   */
  void check(Part part) {
    check(obstacle(part));
  }

  private static void check(Optional<String> obstacle) {
    obstacle.ifPresent(
        reason -> {
          throw new Unavailable("nothing can be changed now: " + reason, RETRY);
        });
  }

  /**
   * Returns if ranges may be taken from the pool.
   *
   * @throws PoolHeld if not, naming an entry that holds the pool
   */
  void check(Pool pool) {
    List<String> entries = entriesByPool.getOrDefault(pool.name(), List.of());
    if (!entries.isEmpty()) {
      throw new PoolHeld(
          "no range can be taken from pool %s now: the entry %s of the directory%s claims too much of it and is not the ledger's. Delete the entry, or run: %s"
              .formatted(
                  pool.name(),
                  entries.get(0),
                  entries.size() > 1 ? " (and %d more)".formatted(entries.size() - 1) : "",
                  DismissalCommands.command(entries.get(0))),
          POOL_RETRY);
    }
  }
}
