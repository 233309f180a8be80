/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The libsubid plugin's tests, each a program of {@code src/test/c} that says itself what it
 * proves. Its last lines stand in the failure; exit status 77 means skipped, with the reason.
 */
final class LibsubidPluginTest {
  private static final Path TESTS = Path.of("src/test/c").toAbsolutePath();
  private static final Path NATIVE = Path.of("target/native").toAbsolutePath();
  private static final int SKIPPED = 77;

  @TempDir Path temp;

  @Test
  void answersAndRefusesAsItsFormatSays() throws Exception {
    passes(2, "make", "-s", "-C", TESTS.toString(), "OUT=" + NATIVE, "check");
  }

  @Test
  @Tag("slow")
  void servesGetsubidsNewuidmapAndPodman() throws Exception {
    passes(3, script("system-test"), NATIVE.toString());
  }

  @Test
  @Tag("slow")
  void theSameBinaryServesDebian13() throws Exception {
    passes(10, script("debian13-test"), NATIVE.toString());
  }

  @Test
  @Tag("slow")
  void survivesAMinuteOfDamagedFiles() throws Exception {
    passes(5, script("run-fuzz"), NATIVE.toString(), "-max_total_time=60");
  }

  private static String script(String name) {
    return TESTS.resolve(name).toString();
  }

  private void passes(int minutes, String... command) throws IOException, InterruptedException {
    List<String> limited = new ArrayList<>(List.of("timeout", "-k", "5", minutes + "m"));
    limited.addAll(List.of(command));
    Path log = temp.resolve("log");
    Process process =
        new ProcessBuilder(limited).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(minutes + 1L, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log, StandardCharsets.UTF_8);
    if (process.exitValue() == SKIPPED) {
      System.err.println(said);
    }
    assumeTrue(process.exitValue() != SKIPPED, said);
    assertThat(process.exitValue()).as(said).isZero();
  }
}
