/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The timer's command line without {@code --root}: only there a sync records its outcome. */
@Tag("slow")
final class RunningSystemTest {
  private static final int SKIPPED = 77;
  private static final String CONFIRMED = "var/lib/cadastre/confirmed";
  private static final String METRICS = "var/lib/metrics/cadastre.prom";

  @TempDir Path root;
  @TempDir Path output;
  private ScratchNode node;

  @BeforeEach
  void setUp() {
    node = new ScratchNode(root);
  }

  @Test
  void theTimersRunRecordsItsOutcomeForAllUsers() throws Exception {
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      node.write(
          "etc/cadastre/node.conf",
          "url = %s\nmetrics = /%s\nmax-age = 1h\n".formatted(registry.url(), METRICS));
      Files.createDirectories(node.path(METRICS).getParent());
      assertThat(node.sync(registry).status()).isZero(); // as at the build of an image
      assertThat(node.files()).doesNotContainKeys(CONFIRMED, METRICS);
      run(ExitStatus.STALE, "verify");

      long began = Instant.now().getEpochSecond();
      assertThat(run(0, "sync")).doesNotContain("warning");
      Map<String, String> files = node.filesWithoutTimes();
      assertThat(files.get(CONFIRMED)).startsWith("100644 0:0 \nconfirmed ");
      assertThat(files.get(METRICS)).startsWith("100644 0:0 \n# HELP ");
      assertThat(files.keySet()).noneMatch(name -> name.endsWith(".cadastre-new"));
      assertThat(Long.parseLong(node.read(CONFIRMED).split(" ", -1)[1]))
          .isBetween(began, Instant.now().getEpochSecond());
    }
  }

  /** What the command printed, under a umask that forbids everything to others. */
  private String run(int status, String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("src/test/sh/on-the-files-of").toAbsolutePath().toString(),
                root.toString(),
                "sh",
                "-c",
                "umask 077; exec \"$@\"",
                "sh"));
    command.addAll(NodeProcess.java(Main.class, args));
    Path said = output.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(said);
    assumeTrue(process.exitValue() != SKIPPED, text);
    assertThat(process.exitValue()).as(text).isEqualTo(status);
    return text;
  }
}
