/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If one of the files cannot be replaced, none is. */
@Tag("slow")
final class UnreplaceableTest {
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;
  private Path root;

  @BeforeEach
  void setUp(@TempDir Path scratch) {
    root = scratch;
    node = new ScratchNode(root);
    assertThat(node.sync(registry).status()).isZero();
    registry.serve(Snapshots.of(43, Snapshots.row("alice", 1001), Snapshots.row("zoë", 1003)));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/subuid", "etc/subgid", "var/lib/cadastre/snapshot"})
  void noneIsReplacedWhereOneIsImmutable(String name) throws Exception {
    String file = node.path(name).toString();
    assumeTrue(run("chattr", "+i", file) == 0, "chattr needs root, and a file system that has it");
    try {
      Map<String, String> before = node.files();
      Run sync = node.sync(registry);
      assertThat(sync.status()).as(sync.err()).isEqualTo(73);
      assertThat(sync.err()).contains(name + " cannot be replaced", "lsattr " + file);
      assertThat(node.files()).isEqualTo(before);
    } finally {
      assertThat(run("chattr", "-i", file)).isZero();
    }
    assertThat(node.sync(registry).status()).isZero();
    assertThat(node.read("etc/subgid")).doesNotContain("bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/subuid", "etc/subgid"})
  void noneIsReplacedWhereOneIsAMountPoint(String name) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" \"$0\" || exit 77; exec \"$@\"",
                node.path(name).toString()));
    command.addAll(
        NodeProcess.java(Main.class, "sync", "--root", root.toString(), "--url", registry.url()));
    Map<String, String> before = node.files();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assumeTrue(status != 77 && !said.contains("unshare:"), "may not mount here: " + said);
    assertThat(status).as(said).isEqualTo(73);
    assertThat(said)
        .contains(
            name + " cannot be replaced",
            "findmnt " + node.path(name),
            "umount " + node.path(name));
    assertThat(node.files()).isEqualTo(before);
  }
}
