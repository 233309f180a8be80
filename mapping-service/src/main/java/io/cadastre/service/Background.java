/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.directory.DirectoryUnavailable;
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

/** Runs what goes on without being asked, until the service stops. Not thread-safe. */
final class Background {
  private static final int THREADS = 3;

  private final ScheduledExecutorService executor;
  private final List<PeriodicWork> works = new ArrayList<>();

  Background(LifecycleEnvironment lifecycle) {
    executor = lifecycle.scheduledExecutorService("background").threads(THREADS).build();
  }

  /**
   * Runs {@code work} again and again, never beside itself.
   *
   * @param name what it does, a noun that a log line can begin with
   * @param first how long until it first runs
   * @param every how long it rests after each run
   */
  void schedule(String name, Duration first, Duration every, Runnable work) {
    PeriodicWork periodic =
        new PeriodicWork(
            name,
            work,
            t -> t instanceof Unavailable || t instanceof DirectoryUnavailable,
            Clock.systemUTC());
    works.add(periodic);
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            periodic, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Adds work that something else runs. */
  void add(PeriodicWork work) {
    works.add(work);
  }

  /** All of it, for the health check. */
  List<PeriodicWork> works() {
    return List.copyOf(works);
  }
}
