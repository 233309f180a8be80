/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Limits;
import io.cadastre.node.check.SystemPrograms.ProgramResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Reads the output of a program until the program ends. It reads only bytes that are available: a
 * background process that keeps the pipe open delays nothing.
 */
final class ProgramOutput {
  private static final int PAUSE_MILLIS = 5;

  private ProgramOutput() {}

  /**
   * Waits for the program. If the program passes a limit, it is left running, and the caller ends
   * it.
   *
   * @param program its name, for messages
   * @throws Unobservable if it passes a limit, or if this thread is interrupted
   */
  static ProgramResult await(Process process, InputStream output, String program, Limits limits)
      throws IOException, Unobservable {
    long start = System.nanoTime();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (System.nanoTime() - start < limits.time().toNanos()) {
      boolean ended = ended(process, program);
      // When the program has ended, all its output is in the pipe; later bytes come from others.
      byte[] available = new byte[Math.min(output.available(), limits.output() + 1 - text.size())];
      text.write(available, 0, Math.max(0, output.read(available)));
      if (text.size() > limits.output()) {
        throw new Unobservable(
            "%s printed more than the %,d bytes that are read".formatted(program, limits.output()));
      }
      if (ended) {
        return new ProgramResult(process.exitValue(), text.toString(StandardCharsets.UTF_8));
      }
    }
    throw new Unobservable(
        "%s did not end within %d s".formatted(program, limits.time().toSeconds()));
  }

  private static boolean ended(Process process, String program) throws Unobservable {
    try {
      return process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unobservable(program + " was interrupted");
    }
  }
}
