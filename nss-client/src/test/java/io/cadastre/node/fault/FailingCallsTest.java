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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * strace lets every write, fsync and rename of a sync fail in turn: each file is always the old or
 * the new one, and the exit status shows the failure.
 */
@Tag("slow")
final class FailingCallsTest {
  @TempDir Path root;
  @TempDir Path output;

  /**
   * Fails the first call, the second, and so on.
   *
   * @param calls the number of calls that a sync makes
   * @param failures how many of them a sync needs; it does not need the first two writes of the JVM
   */
  @ParameterizedTest
  @CsvSource({
    "write, ENOSPC, 9, 7",
    "fsync, EIO, 10, 10",
    "fdatasync, EIO, 2, 2",
    "rename, EIO, 5, 5"
  })
  void aFailingCallLeavesEachFileOldOrNew(String call, String error, int calls, int failures)
      throws Exception {
    ScratchNode node = new ScratchNode(root);
    try (TestRegistry registry = TestRegistry.serving(Snapshots.many(1, 50))) {
      assertThat(node.sync(registry).status()).isZero();
      WholeFiles files = new WholeFiles(node);
      int failed = 0;
      for (int when = 1; when <= calls; when++) {
        registry.serve(Snapshots.many(when + 1, when % 2 == 0 ? 50 : 51));
        int status = traced(call, error, when, registry);
        failed += status == 0 ? 0 : 1;
        files.requireOldOrNew(registry, "%s %d failed with %s".formatted(call, when, error));
      }
      assertThat(failed).as("syncs that said they failed").isEqualTo(failures);
    }
  }

  private int traced(String call, String error, int when, TestRegistry registry) throws Exception {
    String injection = "%s:error=%s:when=%d".formatted(call, error, when);
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + injection));
    command.addAll(
        NodeProcess.java(Main.class, "sync", "--root", root.toString(), "--url", registry.url()));
    Path said = output.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String log = Files.readString(said);
    assumeTrue(!log.contains("Operation not permitted"), "strace may not trace here: " + log);
    return process.exitValue();
  }
}
