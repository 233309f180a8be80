/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.Main;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * sync is killed at random points: each file is always the old or the new one, whole, owned by
 * root, mode 0644. {@code -Dcadastre.soak.node.kills=200} for more.
 */
@Tag("slow")
final class SyncKillTest {
  private static final int KILLS = Integer.getInteger("cadastre.soak.node.kills", 20);

  /** After the request; before it, sync writes nothing. */
  private static final int LATEST_MICROS = 250_000;

  /** After the first byte that is written. */
  private static final int WRITING_MICROS = 2_000;

  private static final long NANOS_PER_MICRO = 1000;

  @TempDir Path root;

  @Test
  void aKilledSyncLeavesEachFileOldOrNew() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ScratchNode node = new ScratchNode(root);
    try (TestRegistry registry = TestRegistry.serving(Snapshots.many(1, 3000))) {
      node.write("etc/subuid", "admin:100000:65536\n");
      assertThat(node.sync(registry).status()).isZero();
      WholeFiles files = new WholeFiles(node);
      int killed = 0;
      for (int i = 0; i < KILLS; i++) {
        registry.serve(Snapshots.many(i + 2, i % 2 == 0 ? 3001 : 3000));
        registry.asked();
        String before = written(node);
        Process process =
            new ProcessBuilder(
                    NodeProcess.java(
                        Main.class, "sync", "--root", root.toString(), "--url", registry.url()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Every second one is killed while it writes.
        boolean writing = i % 2 == 0;
        while (process.isAlive()
            && (writing ? written(node).equals(before) : registry.asked().isEmpty())) {
          Thread.onSpinWait();
        }
        LockSupport.parkNanos(
            random.nextInt(writing ? WRITING_MICROS : LATEST_MICROS) * NANOS_PER_MICRO);
        killed += process.isAlive() ? 1 : 0;
        process.destroyForcibly().waitFor();
        files.requireOldOrNew(registry, "kill %d, seed %d".formatted(i, seed));
      }
      assertThat(killed).as("how many were still alive").isPositive();
    }
  }

  /** The names and sizes of the files: changes as soon as something is written. */
  private static String written(ScratchNode node) {
    StringBuilder seen = new StringBuilder();
    for (String name :
        List.of("subuid", ".subuid.cadastre-new", "subgid", ".subgid.cadastre-new")) {
      File file = node.path("etc/" + name).toFile();
      seen.append(file.exists() ? file.length() : -1).append(' ');
    }
    return seen.toString();
  }
}
