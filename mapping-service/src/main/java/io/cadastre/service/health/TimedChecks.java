/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.health;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheck.Result;
import com.codahale.metrics.health.HealthCheckRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs all checks in parallel and answers within {@link #PATIENCE}: a check without a result by
 * then is unhealthy. A check is not started while it runs, and at most once in {@link #FRESH},
 * however many clients ask. Thread-safe.
 */
final class TimedChecks {
  /** The time of an answer at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** The age of a result at most. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final HealthCheckRegistry registry;
  private final Duration patience;
  private final List<Timed> all = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
          });

  /** Checks of this registry. */
  TimedChecks(HealthCheckRegistry registry) {
    this(registry, PATIENCE);
  }

  TimedChecks(HealthCheckRegistry registry, Duration patience) {
    this.registry = registry;
    this.patience = patience;
  }

  /** Adds a check; an exception is unhealthy. */
  void register(String name, Supplier<Result> check) {
    Timed timed = new Timed(check);
    all.add(timed);
    registry.register(name, timed);
  }

  private record Run(long began, Future<Result> result) {
    boolean mayBeFollowed() {
      return result.isDone() && System.nanoTime() - began > FRESH.toNanos();
    }
  }

  private final class Timed extends HealthCheck {
    private final Supplier<Result> check;
    private Optional<Run> latest = Optional.empty();

    Timed(Supplier<Result> check) {
      this.check = check;
    }

    private synchronized Run begun() {
      if (latest.isEmpty() || latest.get().mayBeFollowed()) {
        latest = Optional.of(new Run(System.nanoTime(), threads.submit(check::get)));
      }
      return latest.get();
    }

    @Override
    protected Result check() throws Exception {
      all.forEach(Timed::begun);
      Run run = begun();
      try {
        long left = run.began() + patience.toNanos() - System.nanoTime();
        return run.result().get(Math.max(1, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return Result.unhealthy(
            "no answer for %d s", Duration.ofNanos(System.nanoTime() - run.began()).toSeconds());
      } catch (ExecutionException e) {
        return Result.unhealthy(e.getCause());
      }
    }
  }
}
