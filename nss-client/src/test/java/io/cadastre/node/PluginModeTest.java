/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.render.SubidMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin's map, and the files when a node changes its mode. */
final class PluginModeTest {
  private static final Path GOLDEN = Path.of("src/test/c/snapshot.golden.map");
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    node.write("etc/subuid", "admin:100000:65536\n");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void writesTheMapAndKeepsBothFilesWithLocalRowsOnly() throws IOException {
    assertThat(node.sync(registry).out())
        .isEqualTo(
            "serial 42, 3 rows: wrote /var/lib/cadastre/subid.map, /etc/subgid,"
                + " /var/lib/cadastre/served, /var/lib/cadastre/state, /var/lib/cadastre/snapshot\n");
    assertThat(node.path("var/lib/cadastre/subid.map")).hasSameBinaryContentAs(GOLDEN);
    assertThat(node.read("etc/subuid")).isEqualTo("admin:100000:65536\n");
    assertThat(node.read("etc/subgid")).isEmpty();
    assertThat(node.files().get("var/lib/cadastre/subid.map")).startsWith("100644 0:0 ");
  }

  @Test
  void secondSyncWritesNothing() {
    node.sync(registry);
    Map<String, String> before = node.files();
    registry.asked();
    assertThat(node.sync(registry).out()).isEqualTo("serial 42, 3 rows: unchanged\n");
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void repairsTheMap() throws IOException {
    node.sync(registry);
    node.write("var/lib/cadastre/subid.map", "damaged");
    registry.asked();
    node.sync(registry);
    assertThat(registry.asked()).containsExactly("/v1/snapshot - 200");
    assertThat(node.path("var/lib/cadastre/subid.map")).hasSameBinaryContentAs(GOLDEN);
  }

  @Test
  void removesTheBlockAndWritesItAgainWhenTheModeChanges() {
    node.write("etc/cadastre/node.conf", "mode = files\n");
    node.sync(registry);
    String files = node.read("etc/subuid");
    assertThat(files).contains("alice:").startsWith("admin:100000:65536\n");
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    // The map is written before the block is removed.
    assertThat(node.sync(registry).out())
        .contains("wrote /var/lib/cadastre/subid.map, /etc/subuid, /etc/subgid, ");
    assertThat(node.read("etc/subuid")).isEqualTo("admin:100000:65536\n");
    node.write("etc/cadastre/node.conf", "mode = files\n");
    // The block is written before the map is emptied.
    assertThat(node.sync(registry).out())
        .contains("wrote /etc/subuid, /etc/subgid, /var/lib/cadastre/subid.map, ");
    assertThat(node.read("etc/subuid")).isEqualTo(files);
    assertThat(node.read("var/lib/cadastre/subid.map")).doesNotContain("alice");
  }

  @Test
  void filesModeReplacesADamagedMapByAnEmptyOne() throws IOException {
    node.write("etc/cadastre/node.conf", "mode = files\n");
    node.sync(registry);
    node.write("var/lib/cadastre/subid.map", "");
    node.sync(registry);
    assertThat(Files.readAllBytes(node.path("var/lib/cadastre/subid.map")))
        .isEqualTo(SubidMap.empty(false));
    assertThat(node.read("etc/subuid")).contains("alice:");
  }

  @Test
  void changesModeWithoutTheService() {
    node.write("etc/cadastre/node.conf", "");
    node.sync(registry);
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    registry.answerWith(503);
    assertThat(node.sync(registry).status()).isZero();
    assertThat(node.path("var/lib/cadastre/subid.map")).exists();
    assertThat(node.read("etc/subuid")).doesNotContain("alice");
  }

  @Test
  void carriesGrantsInTheMap() throws IOException {
    node.sync(registry);
    node.write("etc/cadastre/node.conf", "mode = plugin\nsingle-gid-grants = yes\n");
    assertThat(node.sync(registry).out()).contains("wrote /var/lib/cadastre/subid.map");
    assertThat(Files.readAllBytes(node.path("var/lib/cadastre/subid.map"))[15]).isEqualTo((byte) 1);
  }

  @Test
  void warnsWhileNoProgramReadsTheMap() {
    node.write("etc/nsswitch.conf", "passwd: files\nsubid: sss cadastre\n");
    Run run = node.sync(registry);
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("warning: nsswitch", "has no \"subid: cadastre\"");
    node.write("etc/nsswitch.conf", "subid: # was sss\nsubid: cadastre\n");
    assertThat(node.run("verify").err()).contains("has no \"subid: cadastre\"");
    node.write("etc/nsswitch.conf", "subid: cadastre # the registry's\n");
    assertThat(node.run("verify").err()).isEmpty();
    node.write("etc/cadastre/node.conf", "");
    assertThat(node.run("verify").err()).contains("this node's mode is files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBID: cadastre\n", "subid:cadastre", "subid:\nsubid: cadastre files\n"})
  void readsNsswitchAsShadowDoes(String text) {
    node.write("etc/nsswitch.conf", text);
    assertThat(node.sync(registry).err()).isEmpty();
    node.write("etc/nsswitch.conf", " " + text.replace("\n", "\n "));
    assertThat(node.sync(registry).err()).contains("has no \"subid: cadastre\"");
  }

  @Test
  void readsALinkedNsswitchOfTheImageItself() throws IOException {
    node.write("etc/authselect/nsswitch.conf", "subid: cadastre\n");
    Files.createSymbolicLink(
        node.path("etc/nsswitch.conf"), Path.of("/etc/authselect/nsswitch.conf"));
    assertThat(node.sync(registry).err()).isEmpty();
  }

  @Test
  void getsubidsAnswersAsThePluginDoes() {
    node.sync(registry);
    assertThat(node.run("getsubids", "1003").out()).isEqualTo("0: 1003 1001193472 65536\n");
    assertThat(node.run("getsubids", "admin").out()).isEqualTo("0: admin 100000 65536\n");
    node.write("etc/subgid", "alice:5000:1\nalice:300000:2\n");
    assertThat(node.run("getsubids", "-g", "alice").out()).isEqualTo("0: alice 1001062400 65536\n");
    node.write("etc/cadastre/node.conf", "mode = plugin\nsingle-gid-grants = yes\n");
    assertThat(node.run("getsubids", "-g", "alice").out())
        .isEqualTo("0: alice 1001062400 65536\n1: alice 5000 1\n");
  }

  @Test
  void getsubidsIgnoresWhatThePluginIgnores() {
    node.sync(registry);
    // IDs of the host, and the group of nobody, are never returned.
    node.write("etc/subuid", "admin:65000:1000\nadmin:100000:65536\n");
    assertThat(node.run("getsubids", "admin").out()).isEqualTo("0: admin 100000 65536\n");
    node.write("etc/cadastre/node.conf", "mode = plugin\nsingle-gid-grants = yes\n");
    node.write("etc/subgid", "alice:999:1\nalice:65534:1\nadmin:999:1\nadmin:5000:1\n");
    assertThat(node.run("getsubids", "-g", "alice").out()).isEqualTo("0: alice 1001062400 65536\n");
    assertThat(node.run("getsubids", "-g", "admin").out()).isEqualTo("0: admin 5000 1\n");
    // A local account has no ranges if the snapshot has its uid or its name for another owner.
    node.write(
        "etc/passwd", "root:x:0:0::/:/bin/sh\nother:x:1001:1001::/:/bin/sh\nbob:x:600:600::/:/\n");
    node.write("etc/subuid", "other:200000:65536\n600:300000:65536\n");
    assertThat(node.run("getsubids", "other").status()).isEqualTo(ExitStatus.NO_OWNER);
    assertThat(node.run("getsubids", "600").status()).isEqualTo(ExitStatus.NO_OWNER);
  }

  @Test
  void writesUidsInRowsIfConfigured() {
    node.write("etc/cadastre/node.conf", "owners = uid\n");
    registry.serve(Snapshots.of(42, row("alice", 1001)));
    node.sync(registry);
    assertThat(node.read("etc/subgid"))
        .contains("\n1001:1001062400:65536\n")
        .doesNotContain("alice");
    node.write("etc/cadastre/node.conf", "owners = name\n");
    node.sync(registry);
    assertThat(node.read("etc/subgid"))
        .contains("\nalice:1001062400:65536\n")
        .doesNotContain("1001:");
  }
}
