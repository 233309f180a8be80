/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import java.time.Duration;

/** How far long work has come: a line on standard error, at most one a second. */
final class Progress {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final String what;
  private final int total;
  private long next = System.nanoTime() + PAUSE;

  Progress(String what, int total) {
    this.what = what;
    this.total = total;
  }

  void at(int count) {
    if (System.nanoTime() - next >= 0) {
      next = System.nanoTime() + PAUSE;
      Output.notice("%d of %d %s (%d%%)".formatted(count, total, what, count * 100L / total));
    }
  }
}
