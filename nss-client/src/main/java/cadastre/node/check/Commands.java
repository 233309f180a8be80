/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the system's own programs: their output is bounded, and so is their time. */
final class Commands {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_OUTPUT = 1 << 20;

  private Commands() {}

  /** What a program said, both streams together. */
  record Answer(int status, String said) {}

  /** Runs a program in this environment and no other. */
  static Answer run(Map<String, String> environment, List<String> command) throws Unseen {
    try {
      Path said = Files.createTempFile("cadastre-check", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return answer(builder.start(), said, command);
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new Unseen("%s cannot be run: %s".formatted(command.get(0), e.getMessage()));
    }
  }

  /** Runs a program of the usual path, in the plain C locale. */
  static Answer run(String... command) throws Unseen {
    return run(PLAIN, List.of(command));
  }

  /** What a program needs to be found and to speak plainly. */
  static final Map<String, String> PLAIN =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  private static Answer answer(Process process, Path said, List<String> command)
      throws IOException, Unseen {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new Unseen(
            "%s did not end within %d s".formatted(command.get(0), PATIENCE.toSeconds()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new Unseen(command.get(0) + " was interrupted");
    }
    try (var in = Files.newInputStream(said)) {
      return new Answer(
          process.exitValue(), new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
    }
  }
}
