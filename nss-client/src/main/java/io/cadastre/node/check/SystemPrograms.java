/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the system's own programs as the user that calls us: their input is empty, their output and
 * their time are limited. A program that runs for another user, or that runs what a user wrote, is
 * started by {@link UserProgram}.
 */
final class SystemPrograms {
  /** What a program needs to be found and to print messages in English. */
  static final Map<String, String> PLAIN =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1 << 20);

  private SystemPrograms() {}

  /** The exit status of a program, and what it printed to both streams together. */
  record Answer(int status, String said) {}

  /**
   * What a program may use.
   *
   * @param time how long it may run
   * @param output how many bytes it may print
   */
  record Limits(Duration time, int output) {}

  /** Runs a program in this environment and no other. */
  static Answer run(Map<String, String> environment, List<String> command) throws Unobservable {
    try {
      Process process = builder(environment, command).start();
      try (InputStream said = process.getInputStream()) {
        return ProgramOutput.await(process, said, command.get(0), LIMITS);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new Unobservable("%s cannot be run: %s".formatted(command.get(0), e.getMessage()));
    }
  }

  /** Runs a program of the usual path, in the plain C locale. */
  static Answer run(String... command) throws Unobservable {
    return run(PLAIN, List.of(command));
  }

  /** A program that is still to be started, without input and without our environment. */
  static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
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
