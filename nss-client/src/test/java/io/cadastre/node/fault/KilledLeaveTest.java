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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * strace kills {@code cadastre-node leave} at its renames and removals: the next run completes it,
 * and the tree is as it was before the first sync.
 */
@Tag("slow")
final class KilledLeaveTest {
  private static final String CALLS = "rename,unlink,rmdir";

  /** Each kill takes a second; a run makes some forty of these calls. */
  private static final int STEP = 4;

  private static final int MOST = 200;

  @TempDir(factory = MemoryFolder.class)
  Path scratch;

  @Test
  void theNextRunCompletesIt() throws Exception {
    int killed = 0;
    for (int call = 1; call < MOST; call += STEP) {
      ScratchNode node = new ScratchNode(scratch.resolve("killed-" + call));
      node.write("etc/subuid", "bob:1001127936:65536\nadmin:100000:65536\nother:200000:65536");
      Map<String, String> before = files(node);
      try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
        assertThat(node.sync(registry).status()).isZero();
      }
      boolean ended = runs(node, call);
      ScratchNode.Run next = node.run("leave", "--yes");
      assertThat(next.status()).as("call %d: %s", call, next.err()).isZero();
      assertThat(files(node)).as("killed at call %d", call).isEqualTo(before);
      if (ended) {
        break;
      }
      killed++;
    }
    assertThat(killed).isGreaterThan(2);
  }

  /** Whether the run ended before it made so many calls. */
  private boolean runs(ScratchNode node, int call) throws IOException, InterruptedException {
    Path said = scratch.resolve("output");
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                scratch.resolve("calls").toString(),
                "-e",
                "trace=" + CALLS,
                "-e",
                "inject=%s:signal=KILL:when=%d".formatted(CALLS, call)));
    command.addAll(
        NodeProcess.java(Main.class, "leave", "--yes", "--root", node.path("").toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String log = Files.readString(said);
    assumeTrue(!log.contains("Operation not permitted"), "strace may not trace here: " + log);
    return process.exitValue() == 0;
  }

  private static Map<String, String> files(ScratchNode node) {
    Map<String, String> files = node.filesWithoutTimes();
    files.remove("etc/.pwd.lock");
    return files;
  }
}
