/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs refusals, which every client can cause: 200 lines at once after a rest, and one a second in
 * the long run, so that a flood does not fill the disk. The next line after some that were left out
 * is preceded by their number. Thread-safe.
 */
public final class BoundedLog {
  private static final int LINES = 200;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final String what;

  // guarded by this
  private long left = LINES;
  private long counted = System.nanoTime();

  private final AtomicLong silent = new AtomicLong();

  /**
   * Bounds what goes to this log.
   *
   * @param what is refused, in the plural: {@code requests}
   */
  public BoundedLog(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /** Logs a refusal at WARN as SLF4J does, unless there were too many. */
  public void refused(String format, Object... values) {
    if (!take()) {
      silent.incrementAndGet();
      return;
    }
    long before = silent.getAndSet(0);
    if (before > 0) {
      log.warn("{} further {} were refused and not logged", before, what);
    }
    log.warn(format, values);
  }

  private synchronized boolean take() {
    long seconds = (System.nanoTime() - counted) / SECOND;
    counted += seconds * SECOND;
    left = Math.min(LINES, left + seconds);
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
