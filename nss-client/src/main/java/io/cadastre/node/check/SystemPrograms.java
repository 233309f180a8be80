/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts programs: all but the keytool of a rehearsal. {@link #run} runs a program of the system as
 * the caller, with empty input and limited output and time. A program that runs as another user, or
 * executes what a user wrote, is run by {@link UserProgram}.
 */
final class SystemPrograms {
  /** The environment for finding a program and for messages in English. */
  static final Map<String, String> PLAIN =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1 << 20);

  private SystemPrograms() {}

  /** The exit status of a program, and its output on both streams together. */
  record ProgramResult(int status, String output) {}

  /**
   * The limits of a program.
   *
   * @param time how long it may run
   * @param output how many bytes it may print
   */
  record Limits(Duration time, int output) {}

  /** Runs a program in this environment only. */
  static ProgramResult run(Map<String, String> environment, List<String> command)
      throws Unobservable {
    try {
      Process process = builder(environment, command).start();
      try (InputStream output = process.getInputStream()) {
        return ProgramOutput.await(process, output, command.get(0), LIMITS);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new Unobservable("%s cannot be run: %s".formatted(command.get(0), e.getMessage()));
    }
  }

  /** Runs a program of the usual path, in the C locale. */
  static ProgramResult run(String... command) throws Unobservable {
    return run(PLAIN, List.of(command));
  }

  /** Starts a program in this environment only; its output goes to a file. */
  static Process start(Map<String, String> environment, List<String> command, File output)
      throws IOException {
    return builder(environment, command).redirectOutput(Redirect.to(output)).start();
  }

  /** A program to start, with empty input and without the environment of this process. */
  private static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
