/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the test programs of {@code src/test/c}, which print what they test. */
final class PluginTests {
  /** The folder of the plugin and the test programs. */
  static final String NATIVE = Path.of("target/native").toAbsolutePath().toString();

  private static final Path SCRIPTS = Path.of("src/test/c").toAbsolutePath();
  private static final int SKIPPED = 77;

  private PluginTests() {}

  /** The path of a test program. */
  static String script(String name) {
    return SCRIPTS.resolve(name).toString();
  }

  /**
   * Runs a command to its end. A failure carries its output; an exit status of 77 skips the test
   * with the output as the reason.
   *
   * @param minutes the time limit
   */
  static void passes(int minutes, String... command) throws IOException, InterruptedException {
    List<String> limited = new ArrayList<>(List.of("timeout", "-k", "5", minutes + "m"));
    limited.addAll(List.of(command));
    Path log = Files.createTempFile("cadastre-plugin", ".log");
    try {
      Process process =
          new ProcessBuilder(limited)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      int status = process.waitFor();
      String said = Files.readString(log, StandardCharsets.ISO_8859_1);
      if (status == SKIPPED) {
        System.err.println(said);
      }
      assumeTrue(status != SKIPPED, said);
      assertThat(status).as(said).isZero();
    } finally {
      Files.delete(log);
    }
  }
}
