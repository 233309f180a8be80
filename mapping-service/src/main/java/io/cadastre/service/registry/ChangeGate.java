/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Holds all changes back while the ledger may not be right: after a start until it has been held
 * against its own events and compared with the directory, and while either differs. Giving out a
 * range then could give it twice. Each part holds and releases by itself; changes go on when none
 * holds. Thread-safe.
 */
public final class ChangeGate {
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** What can hold changes back; the first that does is the one that is told. */
  public enum Part {
    /** The ledger against its own events. */
    LEDGER,
    /** The directory, which may know ranges that the ledger does not. */
    DIRECTORY
  }

  private final Map<Part, String> obstacles = new ConcurrentSkipListMap<>();

  private ChangeGate() {}

  /** A guard that waits for the first comparison with the directory. */
  public static ChangeGate closed() {
    ChangeGate gate = new ChangeGate();
    gate.hold(
        Part.DIRECTORY, "the ledger has not been compared with the directory since the start");
    return gate;
  }

  /** A guard for a service that publishes nowhere: there is nothing to compare with. */
  public static ChangeGate open() {
    return new ChangeGate();
  }

  /** Holds changes back, for this reason; it takes the place of the part's reason before. */
  void hold(Part part, String why) {
    obstacles.put(part, why);
  }

  /** Lets changes go on, as far as this part is concerned. */
  void release(Part part) {
    obstacles.remove(part);
  }

  /** Why changes are held back, if they are. */
  public Optional<String> obstacle() {
    return obstacles.values().stream().findFirst();
  }

  /** Why this part holds changes back, if it does. */
  public Optional<String> obstacle(Part part) {
    return Optional.ofNullable(obstacles.get(part));
  }

  /**
   * Returns if a range may be given out.
   *
   * @throws Unavailable if not
   */
  void check() {
    check(obstacle());
  }

  /**
   * Returns if this part holds nothing back: for what is to end the obstacle of another.
   *
   * @throws Unavailable if it does
   */
  void check(Part part) {
    check(obstacle(part));
  }

  private static void check(Optional<String> obstacle) {
    obstacle.ifPresent(
        why -> {
          throw new Unavailable("nothing can be changed now: " + why, RETRY);
        });
  }
}
