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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots and files that are too large for the heap of the program. */
@Tag("slow")
final class SmallHeapTest {
  private static final String HEAP = "-Xmx40m";
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(1));
  private ScratchNode node;
  private Path root;

  @BeforeEach
  void setUp(@TempDir Path scratch) {
    root = scratch;
    node = new ScratchNode(root);
    node.write("etc/cadastre/node.conf", "timeout = 60\n");
    assertThat(node.sync(registry).status()).isZero();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private record Ended(int status, String said) {}

  private Ended sync() throws Exception {
    List<String> command =
        NodeProcess.java(Main.class, "sync", "--root", root.toString(), "--url", registry.url());
    command.add(1, HEAP);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  /** gzip compresses a hundred million zeros to a hundred thousand bytes. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOversizedSnapshotIsRefused(boolean gzip) throws Exception {
    Map<String, String> before = node.files();
    registry.serve(new byte[100_000_000], "large");
    if (!gzip) {
      registry.withoutGzip();
    }
    Ended sync = sync();
    assertThat(sync.status()).as(sync.said()).isEqualTo(65);
    assertThat(sync.said())
        .contains("a snapshot that is too large", "JDK_JAVA_OPTIONS=-Xmx", "left as they are")
        .doesNotContain("defect", "Exception");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws Exception {
    node.write("etc/subuid", "#".repeat(20_000_000));
    Ended sync = sync();
    assertThat(sync.status()).as(sync.said()).isEqualTo(78);
    assertThat(sync.said()).contains("etc/subuid is larger than").doesNotContain("defect");
  }
}
