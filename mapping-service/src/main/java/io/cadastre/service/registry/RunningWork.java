/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows how far long work has got. The work itself says so to its thread and needs not know who
 * looks: {@link #step} and {@link #advance} do nothing in a thread without shown work. Thread-safe.
 */
public final class RunningWork {
  private static final ThreadLocal<Optional<Work>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  private static final String DONE = "done";

  /** The number of finished works that are remembered. */
  private static final int REMEMBERED = 20;

  private final Clock clock;
  private final Set<Work> running = new LinkedHashSet<>();
  private final Deque<Shown> finished = new ArrayDeque<>();

  /** No work yet. */
  public RunningWork(Clock clock) {
    this.clock = clock;
  }

  /**
   * A work as it is at a moment.
   *
   * @param what its name
   * @param step what it does now
   * @param done how much of the step is done
   * @param total how much the step is; 0 if that is unknown
   * @param time for how long it has run, or ran
   * @param end what came of it; empty while it runs
   */
  public record Shown(
      String what,
      Instant begun,
      String step,
      long done,
      long total,
      Duration time,
      Optional<String> end) {
    private boolean isSameEnd(Shown other) {
      return what.equals(other.what()) && end.equals(other.end()) && !end.equals(Optional.of(DONE));
    }
  }

  private static final class Work {
    private final String what;
    private final Instant begun;
    private volatile String step = "begins";
    private volatile long done;
    private volatile long total;

    Work(String what, Instant begun) {
      this.what = what;
      this.begun = begun;
    }

    Shown shown(Instant now, Optional<String> end) {
      return new Shown(what, begun, step, done, total, Duration.between(begun, now), end);
    }
  }

  /** Runs a work, and shows it while it runs. */
  public <T> T run(String what, Supplier<T> body) {
    Optional<Work> outer = CURRENT.get();
    Work work = new Work(what, clock.instant());
    synchronized (this) {
      boolean unused = running.add(work);
    }
    CURRENT.set(Optional.of(work));
    String end = "failed; the log has the reason";
    try {
      T result = body.get();
      end = DONE;
      return result;
    } catch (RuntimeException e) {
      end = "failed: " + e.getMessage();
      throw e;
    } finally {
      CURRENT.set(outer);
      finish(work, end);
    }
  }

  private synchronized void finish(Work work, String end) {
    boolean unused = running.remove(work);
    Shown now = work.shown(clock.instant(), Optional.of(end));
    // What fails again and again, by itself, is one line.
    if (!finished.isEmpty() && finished.getFirst().isSameEnd(now)) {
      Shown unusedBefore = finished.removeFirst();
    }
    finished.addFirst(now);
    while (finished.size() > REMEMBERED) {
      Shown unusedOldest = finished.removeLast();
    }
  }

  /**
   * Says what the work of this thread begins to do.
   *
   * @param total how much that is; 0 if it is unknown
   */
  public static void step(String what, long total) {
    CURRENT
        .get()
        .ifPresent(
            work -> {
              work.total = 0;
              work.done = 0;
              work.step = what;
              work.total = total;
            });
  }

  /** Says that this much of the step is done, in all. */
  public static void advance(long done) {
    CURRENT.get().ifPresent(work -> work.done = done);
  }

  /** The works that run, in the order in which they began, and those that ended, newest first. */
  public synchronized List<Shown> all() {
    Instant now = clock.instant();
    List<Shown> shown = new ArrayList<>();
    running.forEach(work -> shown.add(work.shown(now, Optional.empty())));
    shown.addAll(finished);
    return List.copyOf(shown);
  }
}
