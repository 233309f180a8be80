/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Requires a {@link BodyPace} of a request's body. A late body fails with {@link BodyTooSlow},
 * which ends a read that waits for it. Thread-safe: Jetty's threads read, and the scheduler's
 * thread watches.
 */
final class PacedBody extends Request.Wrapper {
  private final BodyPace pace;
  private final Scheduler scheduler;
  private final Runnable whenRead;
  private Optional<Wait> waiting = Optional.empty();
  private Optional<BodyTooSlow> failure = Optional.empty();
  private long received;
  private long nanosOfPeriod;
  private long nanosInAll;

  /**
   * The same request at this pace.
   *
   * @param whenRead runs when the body has ended or failed, possibly more than once
   */
  PacedBody(Request request, BodyPace pace, Runnable whenRead) {
    super(request);
    this.pace = pace;
    this.scheduler = request.getComponents().getScheduler();
    this.whenRead = whenRead;
  }

  /** A time of waiting for the client, since a moment, and the callback for its next bytes. */
  private static final class Wait {
    private final Runnable callback;
    private long since = System.nanoTime();
    private Scheduler.Task alarm = () -> false;

    Wait(Runnable callback) {
      this.callback = callback;
    }
  }

  @Override
  public Content.Chunk read() {
    Optional<BodyTooSlow> late = failure();
    if (late.isPresent()) {
      return Content.Chunk.from(late.get(), true);
    }
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      received(chunk);
    }
    return chunk;
  }

  private void received(Content.Chunk chunk) {
    synchronized (this) {
      received += chunk.remaining();
    }
    if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
      whenRead.run();
    }
  }

  @Override
  public void demand(Runnable callback) {
    if (failure().isPresent()) {
      callback.run();
      return;
    }
    Wait wait = new Wait(callback);
    synchronized (this) {
      waiting = Optional.of(wait);
      setAlarm(wait);
    }
    super.demand(() -> arrived(wait));
  }

  private synchronized Optional<BodyTooSlow> failure() {
    return failure;
  }

  /** Bytes that come after a failure run no callback: the failure has run it. */
  private void arrived(Wait wait) {
    synchronized (this) {
      if (waiting.isEmpty() || waiting.get() != wait) {
        return;
      }
      count(wait);
      waiting = Optional.empty();
      boolean unused = wait.alarm.cancel();
    }
    wait.callback.run();
  }

  private void count(Wait wait) {
    long now = System.nanoTime();
    nanosOfPeriod += now - wait.since;
    nanosInAll += now - wait.since;
    wait.since = now;
  }

  private void setAlarm(Wait wait) {
    long left =
        Math.min(pace.period().toNanos() - nanosOfPeriod, pace.total().toNanos() - nanosInAll);
    wait.alarm = scheduler.schedule(() -> watch(wait), Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  private void watch(Wait wait) {
    synchronized (this) {
      if (waiting.isEmpty() || waiting.get() != wait) {
        return;
      }
      count(wait);
      failure = judged();
      if (failure.isEmpty()) {
        setAlarm(wait);
        return;
      }
      waiting = Optional.empty();
    }
    whenRead.run();
    // The scheduler has one thread, and what waits may go on in this one.
    getComponents().getExecutor().execute(wait.callback);
  }

  private Optional<BodyTooSlow> judged() {
    if (nanosInAll >= pace.total().toNanos()) {
      return Optional.of(pace.tooLong());
    }
    if (nanosOfPeriod >= pace.period().toNanos()) {
      if (received < pace.bytes()) {
        return Optional.of(pace.tooFewBytes(received));
      }
      received = 0;
      nanosOfPeriod = 0;
    }
    return Optional.empty();
  }
}
