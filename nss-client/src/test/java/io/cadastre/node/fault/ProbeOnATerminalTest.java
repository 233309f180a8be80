/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Root probes a user on a real terminal, on a private system. The conmon_path of the user attacks
 * that terminal while a container of the user is running.
 */
@Tag("slow")
final class ProbeOnATerminalTest {
  private static final int SKIPPED = 77;

  @Test
  void noProgramOfTheUserGetsTheTerminalOfRoot(@TempDir Path scratch) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            Path.of("src/test/sh/probe-on-a-terminal").toAbsolutePath().toString(),
            Path.of("target/native").toAbsolutePath().toString(),
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            Main.class.getName());
    Path log = scratch.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assumeTrue(process.exitValue() != SKIPPED, said);
    said.lines().filter(line -> line.startsWith("NOT TESTED")).forEach(System.err::println);
    assertThat(process.exitValue()).as(said).isZero();
  }
}
