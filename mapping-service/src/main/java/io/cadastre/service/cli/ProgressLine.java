/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import java.time.Duration;

/** Shows how far long work has come: a line on standard error, at most one a second. */
final class ProgressLine {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final String what;
  private final int total;
  private long next = System.nanoTime() + PAUSE;

  ProgressLine(String what, int total) {
    this.what = what;
    this.total = total;
  }

  /** Shows this count, unless a line was printed less than a second ago. */
  void show(int count) {
    if (System.nanoTime() - next >= 0) {
      next = System.nanoTime() + PAUSE;
      Output.notice("%d of %d %s (%d%%)".formatted(count, total, what, count * 100L / total));
    }
  }
}
