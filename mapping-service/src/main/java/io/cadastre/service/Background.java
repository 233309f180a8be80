/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.periodic.PeriodicWork;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Schedules the periodic work of the service until it stops. Not thread-safe. */
final class Background {
  private static final int THREADS = 3;

  private final LifecycleEnvironment lifecycle;
  private final ScheduledExecutorService executor;
  private final List<PeriodicWork> works = new ArrayList<>();

  Background(LifecycleEnvironment lifecycle) {
    this.lifecycle = lifecycle;
    executor = lifecycle.scheduledExecutorService("background").threads(THREADS).build();
  }

  /**
   * Runs {@code work} at an interval, never twice at once.
   *
   * @param name what it does, a noun that a log line can begin with
   * @param first the time until its first run
   * @param every the pause after each run
   */
  void schedule(String name, Duration first, Duration every, Runnable work) {
    schedule(executor, name, first, every, work);
  }

  /**
   * Runs {@code work} as {@link #schedule} does, in a thread of its own: no other work delays it.
   */
  void scheduleAlone(String name, Duration every, Runnable work) {
    schedule(
        lifecycle.scheduledExecutorService("background-alone").threads(1).build(),
        name,
        every,
        every,
        work);
  }

  private void schedule(
      ScheduledExecutorService threads,
      String name,
      Duration first,
      Duration every,
      Runnable work) {
    PeriodicWork periodic =
        new PeriodicWork(name, work, Unavailable.class::isInstance, Clock.systemUTC());
    works.add(periodic);
    Future<?> unused =
        threads.scheduleWithFixedDelay(
            periodic, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Adds work that another thread runs, for the health check. */
  void add(PeriodicWork work) {
    works.add(work);
  }

  /** All work, for the health check. */
  List<PeriodicWork> works() {
    return List.copyOf(works);
  }
}
