/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Review F5, F6 and F20: accounts that only NSS has, on a private copy of the /etc of this system.
 */
@Tag("slow")
final class NssAccountsTest {
  private static final int SKIPPED = 77;

  @Test
  void rowsOfAccountsOfNssAreTheirs(@TempDir Path scratch) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Path.of("src/test/sh/nss-accounts").toAbsolutePath().toString()));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"), // check needs the parser of TOML too
            Main.class.getName()));
    Path log = scratch.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log);
    assumeTrue(process.exitValue() != SKIPPED, said);
    assertThat(process.exitValue()).as(said).isZero();
  }
}
