/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.failure.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code getsubids}, from files alone. */
final class GetSubidsTest {
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.write("etc/subuid", "1000:100000:65536\nadmin:200000:10\n");
    node.write("etc/subgid", "admin:300000:65536\n");
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      node.sync(registry);
    }
  }

  @Test
  void printsAsShadowDoesByNameAndByUid() {
    assertThat(node.run("getsubids", "zoë").out()).isEqualTo("0: zoë 1001193472 65536\n");
    assertThat(node.run("getsubids", "1003").out()).isEqualTo("0: 1003 1001193472 65536\n");
  }

  @Test
  void findsLocalRowsByNameAndByUid() {
    assertThat(node.run("getsubids", "admin").out())
        .isEqualTo("0: admin 100000 65536\n1: admin 200000 10\n");
    assertThat(node.run("getsubids", "-g", "1000").out()).isEqualTo("0: 1000 300000 65536\n");
  }

  @Test
  void namesAnOwnerWithoutRanges() {
    ScratchNode.Run run = node.run("getsubids", "none");
    assertThat(run.status()).isEqualTo(ExitStatus.NO_OWNER);
    assertThat(run.err()).contains("none has no subuid range on this node");
    assertThat(node.run("getsubids").status()).isEqualTo(ExitStatus.USAGE);
  }
}
