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
 * Work that is run again and again. A run never throws, whatever the work throws, errors included:
 * a scheduler would end the work for ever and say nothing. A failure is logged once, and so is its
 * end. Thread-safe if the work is.
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
   * @param outage whether a failure is somebody else's, so that its message is enough; the stack of
   *     any other is logged
   */
  public PeriodicWork(String name, Runnable work, Predicate<Throwable> outage, Clock clock) {
    this.name = name;
    this.work = work;
    this.outage = outage;
    this.clock = clock;
  }

  /** What the work does. */
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
      // No memory even for a line of the log: health says it, and the next run follows.
      failure = Optional.of(unsayable);
    }
  }

  /** When it last succeeded, if it has since the start. */
  public Optional<Instant> lastSuccess() {
    return lastSuccess;
  }

  /** Why the last run failed, if it did. */
  public Optional<String> failure() {
    return failure.map(t -> Optional.ofNullable(t.getMessage()).orElseGet(t::toString));
  }
}
