/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What Linux counts of a process: proc(5). */
final class ProcessFigures {
  /** Fields of /proc/PID/stat after the name, which ends with the last bracket: utime, stime. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  /** USER_HZ. */
  private static final double TICKS = 100;

  private final Path proc;

  ProcessFigures(long pid) {
    this.proc = Path.of("/proc", Long.toString(pid));
  }

  /** Seconds on a processor, in user and system mode. */
  double cpu() throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS;
  }

  /** The largest resident set so far, in MiB. */
  double peak() throws IOException {
    String line =
        Files.readAllLines(proc.resolve("status")).stream()
            .filter(l -> l.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
  }

  /** Waits until it hardly works: what it does after a start would disturb the next figure. */
  void awaitIdle() throws IOException, InterruptedException {
    for (double before = -1, now = cpu(); now - before > 0.1; ) {
      TimeUnit.SECONDS.sleep(2);
      before = now;
      now = cpu();
    }
  }
}
