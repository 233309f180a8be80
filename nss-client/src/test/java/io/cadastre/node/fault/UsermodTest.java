/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * usermod --add-subuids in a loop beside sync in a loop, on a private copy of the /etc of this
 * system: no row is lost, and no command fails. {@code -Dcadastre.soak.node.usermods=500} for more.
 */
@Tag("slow")
final class UsermodTest {
  private static final int ROUNDS = Integer.getInteger("cadastre.soak.node.usermods", 50);
  private static final int SKIPPED = 77;

  @Test
  void noRowIsLost(@TempDir Path scratch) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("src/test/sh/usermod-beside-sync").toAbsolutePath().toString(),
                Integer.toString(ROUNDS)));
    command.addAll(NodeProcess.java(SyncLoop.class, Integer.toString(ROUNDS)));
    Path log = scratch.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log);
    assumeTrue(process.exitValue() != SKIPPED, said);
    assertThat(process.exitValue()).as(said).isZero();
  }
}
