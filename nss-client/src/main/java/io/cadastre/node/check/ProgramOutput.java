/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.node.check.SystemPrograms.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a program prints until the program ends. Only bytes that are there are read: a process
 * in the background that keeps the pipe open delays nothing.
 */
final class ProgramOutput {
  private static final int PAUSE_MILLIS = 5;

  private ProgramOutput() {}

  /**
   * Waits for the program. A program that passes a limit is left running: the caller ends it.
   *
   * @param program its name, for messages
   * @throws Unobservable if it passes a limit, or if this thread is interrupted
   */
  static Answer await(Process process, InputStream said, String program, Limits limits)
      throws IOException, Unobservable {
    long start = System.nanoTime();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (System.nanoTime() - start < limits.time().toNanos()) {
      boolean ended = ended(process, program);
      // What the program has written is in the pipe when it ends; what comes later is not its own.
      byte[] there = new byte[Math.min(said.available(), limits.output() + 1 - text.size())];
      text.write(there, 0, Math.max(0, said.read(there)));
      if (text.size() > limits.output()) {
        throw new Unobservable(
            "%s printed more than the %,d bytes that are read".formatted(program, limits.output()));
      }
      if (ended) {
        return new Answer(process.exitValue(), text.toString(StandardCharsets.UTF_8));
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
