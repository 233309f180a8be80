/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.periodic;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work at an interval. A run never throws, whatever the work throws, errors included: a
 * scheduler would silently end the work for ever. A failure is logged once, and so is its end.
 * Thread-safe if the work is.
 */
public final class PeriodicWork implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicWork.class);

  private final String name;
  private final Runnable work;
  private final Predicate<Throwable> outage;
  private final Clock clock;
  private volatile Optional<Instant> lastSuccess = Optional.empty();
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * Work that has not run yet.
   *
   * @param name what it does, a noun that a log line can begin with
   * @param outage whether a failure is an outage of another program: its message is logged then,
   *     the stack of any other failure
   */
  public PeriodicWork(String name, Runnable work, Predicate<Throwable> outage, Clock clock) {
    this.name = name;
    this.work = work;
    this.outage = outage;
    this.clock = clock;
  }

  /** The name of the work. */
  public String name() {
    return name;
  }

  /** Runs the work once; never throws. */
  @Override
  public void run() {
    try {
      work.run();
      succeeded();
    } catch (Throwable t) {
      failed(t);
    }
  }

  private void succeeded() {
    lastSuccess = Optional.of(clock.instant());
    if (failure.isPresent()) {
      failure = Optional.empty();
      LOG.info("{} works again", name);
    }
  }

  private void failed(Throwable t) {
    boolean isNew = failure.filter(said -> said.getClass().equals(t.getClass())).isEmpty();
    failure = Optional.of(t);
    if (!isNew) {
      return;
    }
    try {
      if (outage.test(t)) {
        LOG.warn("{} fails, and is tried again until it works: {}", name, t.getMessage());
      } else {
        LOG.error("{} fails, and is tried again until it works", name, t);
      }
    } catch (Throwable unsayable) {
      // No memory for a line of the log: health reports it, and the next run follows.
      failure = Optional.of(unsayable);
    }
  }

  /** The time of the last success since the start. */
  public Optional<Instant> lastSuccess() {
    return lastSuccess;
  }

  /** The reason why the last run failed; empty if it succeeded. */
  public Optional<String> failure() {
    return failure.map(t -> Optional.ofNullable(t.getMessage()).orElseGet(t::toString));
  }
}
