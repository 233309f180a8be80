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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  /** Rows leave the files only for a map that is read, and the printed commands end the refusal. */
  @Test
  void theModePluginWaitsForThePlugin() throws Exception {
    node.write("usr/local/lib/libsubid_cadastre.so", library());
    node.write("etc/subuid", "admin:100000:65536\n");
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      String url = "url = %s\n".formatted(registry.url());
      node.write("etc/cadastre/node.conf", url);
      run(0, "sync");
      String served = node.read("etc/subuid");
      assertThat(served).contains("alice:");

      node.write("etc/cadastre/node.conf", url + "mode = plugin\n");
      Map<String, String> before = node.files();
      String refusal = run(ExitStatus.CONFIGURATION, "sync");
      assertThat(refusal).contains("has no \"subid: cadastre\"", "Nothing was changed");
      assertThat(run(ExitStatus.CONFIGURATION, "sync", "--dry-run")).isEqualTo(refusal);
      assertThat(node.files()).isEqualTo(before);
      assertThat(run(ExitStatus.DATA_REFUSED, "verify")).contains("error: nsswitch");

      List<String> remedies =
          refusal.lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
      assertThat(remedies).hasSize(2);
      shell(remedies.get(1));
      assertThat(node.read("etc/subuid")).isEqualTo(served);
      assertThat(run(0, "verify")).doesNotContain("nsswitch");

      node.write("etc/cadastre/node.conf", url + "mode = plugin\n");
      shell(remedies.get(0));
      assertThat(node.read("etc/subuid")).isEqualTo("admin:100000:65536\n");
      assertThat(node.read("etc/nsswitch.conf")).contains("subid: cadastre");
      run(0, "verify");
      assertThat(run(0, "sync")).contains("unchanged");

      // Another program takes the line out; or the tree was an image, which may lack it.
      node.write("etc/nsswitch.conf", "passwd: files\n");
      assertThat(run(ExitStatus.CONFIGURATION, "sync")).isEqualTo(refusal);
      assertThat(node.sync(registry).err()).contains("warning: nsswitch");
      assertThat(run(ExitStatus.CONFIGURATION, "sync")).isEqualTo(refusal);
    }
  }

  /** What shadow would load here, as far as this program looks. */
  private static byte[] library() throws IOException {
    Path newuidmap = Path.of("/usr/bin/newuidmap");
    assumeTrue(Files.exists(newuidmap), "there is no newuidmap");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(Files.readAllBytes(newuidmap), 0, 20);
    file.writeBytes("shadow_subid_free".getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  /** Runs a command line that this program printed. */
  private void shell(String line) throws IOException, InterruptedException {
    Path program = output.resolve("cadastre-node");
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s' \"$@\"\n"
            .formatted(String.join("' '", NodeProcess.java(Main.class))));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    execute(0, List.of("env", "PATH=%s:/usr/bin:/bin".formatted(output), "sh", "-c", line));
  }

  /** What the command printed, under a umask that forbids everything to others. */
  private String run(int status, String... args) throws IOException, InterruptedException {
    return execute(status, NodeProcess.java(Main.class, args));
  }

  private String execute(int status, List<String> words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("src/test/sh/on-the-files-of").toAbsolutePath().toString(),
                root.toString(),
                "sh",
                "-c",
                "umask 077; exec \"$@\"",
                "sh"));
    command.addAll(words);
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
