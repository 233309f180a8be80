/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
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

/** useradd, newusers, userdel, usermod and Apptainer's rewrites between two syncs of a node. */
@Tag("slow")
final class ShadowToolsTest {
  private static final Snapshot THREE =
      Snapshots.of(42, row("alice", 1001), row("bob", 1002), row("zoe", 1003));

  private final TestRegistry registry = TestRegistry.serving(THREE);
  private final ApptainerRewrite apptainer =
      new ApptainerRewrite(
          Map.of("alice", 1001L, "bob", 1002L, "zoe", 1003L, "postdoc3", 3001L, "postdoc5", 3005L));
  private SystemTree tree;
  private ScratchNode node;
  private LocalLines lines;

  @BeforeEach
  void setUp(@TempDir(factory = MemoryFolder.class) Path scratch) throws Exception {
    tree = new SystemTree(scratch.resolve("node"));
    node = tree.node();
    node.write("etc/subuid", "# of this node\nadmin:200000:65536\n");
    node.write("etc/subgid", "admin:200000:65536\n");
    lines = new LocalLines(node);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String subuid() {
    return node.read("etc/subuid");
  }

  private Run syncs() {
    lines.note();
    Run sync = node.sync(registry);
    assertThat(sync.status()).as(sync.err()).isZero();
    return sync;
  }

  /** A sync after which the files have all local lines and the whole block. */
  private Run restores(String what) {
    Run sync = syncs();
    lines.requireWithBlock(THREE, false, what);
    requireGood(what);
    return sync;
  }

  private void requireGood(String what) {
    Run verify = node.run("verify");
    assertThat(verify.status()).as(what + verify.err()).isZero();
    assertThat(node.sync(registry).out()).as(what).contains("unchanged");
  }

  private void rewrite(String operation, String name) {
    for (IdType type : IdType.values()) {
      String file = "etc/" + type.word();
      node.write(
          file,
          switch (operation) {
            case "--add" -> apptainer.add(node.read(file), name);
            case "--disable" -> apptainer.disable(node.read(file), name);
            default -> apptainer.enable(node.read(file), name);
          });
    }
  }

  @Test
  void useraddSortsTheFilesAndTheBlockComesBack() throws Exception {
    restores("the first sync");
    tree.runs("useradd", "-m", "-u", "3001", "postdoc3");
    assertThat(subuid()).contains("postdoc3:100000:65536\n");
    assertThat(subuid().indexOf(LocalLines.BEGIN)).isGreaterThan(subuid().indexOf("zoe:"));
    restores("after useradd");
    assertThat(tree.newusers("postdoc4", 3002).status()).isZero();
    assertThat(subuid()).contains("postdoc4:");
    restores("after newusers");
    tree.runs("userdel", "postdoc3");
    assertThat(subuid()).doesNotContain("postdoc3:");
    restores("after userdel");
    registry.serve(Snapshots.of(43, row("bob", 1002), row("zoe", 1003), row("carl", 1004)));
    tree.runs("useradd", "-m", "-u", "3003", "postdoc5");
    syncs();
    assertThat(subuid())
        .doesNotContain("alice:")
        .containsOnlyOnce("bob:")
        .containsOnlyOnce("carl:");
  }

  @Test
  void usermodDividesAnOwnersRangeAndTheRowComesBack() throws Exception {
    node.write("etc/passwd", node.read("etc/passwd") + "zoe:x:1003:1003::/:/bin/sh\n");
    restores("the first sync");
    long start = row("zoe", 1003).uidRange().start();
    tree.runs("usermod", "--del-subuids", (start + 10) + "-" + (start + 20), "zoe");
    assertThat(subuid()).contains("zoe:" + start + ":10\n").doesNotContain(":" + start + ":65536");
    restores("after --del-subuids");
    tree.runs("usermod", "--add-subuids", "300000-300009", "admin");
    tree.runs("usermod", "--del-subuids", "200100-200199", "admin");
    assertThat(subuid())
        .contains("admin:200000:100\n", "admin:200200:65336\n", "admin:300000:10\n");
    restores("after both for a local account");
    tree.runs("userdel", "zoe");
    assertThat(subuid()).doesNotContain("zoe:");
    restores("after userdel of an owner's account");
  }

  @ParameterizedTest
  @ValueSource(strings = {"owners = name", "owners = uid"})
  void apptainerDropsTheMarkersAndTheBlockComesBack(String owners) {
    tree.serveFrom("files", owners);
    boolean byUid = owners.endsWith("uid");
    syncs();
    lines.requireWithBlock(THREE, byUid, "the first sync");
    rewrite("--add", "postdoc3");
    assertThat(subuid()).doesNotContain("#").contains("3001:4294836224:65536\n");
    syncs();
    lines.requireWithBlock(THREE, byUid, "after --add");
    requireGood("after --add");
    rewrite("--disable", "zoe");
    String disabled = byUid ? "!1003:" : "!zoe:";
    Run sync = syncs();
    lines.requireWithBlock(THREE, byUid, "after --disable");
    assertThat(sync.err()).contains("warning", "local-row", disabled, "--adopt");
    assertThat(subuid()).contains(disabled);
    requireGood("after --disable");
    assertThat(node.sync(registry, "--adopt").status()).isZero();
    assertThat(subuid()).doesNotContain("!").contains("3001:4294836224:65536\n");
    requireGood("after --adopt");
    lines = new LocalLines(node);
    rewrite("--disable", "zoe");
    rewrite("--enable", "zoe");
    syncs();
    assertThat(subuid())
        .containsOnlyOnce(row("zoe", 1003).uidRange().toString())
        .doesNotContain("!");
    requireGood("after --enable");
  }

  @Test
  void inPluginModeTheFilesKeepWhatProgramsWrite() throws Exception {
    tree.serveFrom("plugin");
    tree.ask(false);
    syncs();
    lines.requireAlone("the first sync");
    tree.runs("useradd", "-m", "-u", "3001", "postdoc3");
    assertThat(tree.newusers("postdoc4", 3002).status()).isZero();
    tree.runs("usermod", "--add-subuids", "300000-300009", "admin");
    tree.runs("usermod", "--del-subuids", "200100-200199", "admin");
    assertThat(subuid())
        .contains("postdoc3:", "postdoc4:", "admin:300000:10\n", "admin:200000:100\n");
    syncs();
    lines.requireAlone("after shadow's programs");
    requireGood("after shadow's programs");
    tree.runs("userdel", "postdoc4");
    tree.serveFrom("plugin");
    tree.runs("useradd", "-K", "SUB_UID_COUNT=0", "-K", "SUB_GID_COUNT=0", "-u", "3003", "none");
    rewrite("--add", "postdoc5");
    syncs();
    lines.requireAlone("after userdel and --add");
    requireGood("after userdel and --add");
    // A row that Apptainer gives to an owner of the registry serves nothing, and stays.
    rewrite("--add", "zoe");
    assertThat(syncs().err()).contains("local-row");
    lines.requireAlone("after --add of an owner");
    requireGood("after --add of an owner");
  }

  /** What rule N24 of check foretells: with a plugin, shadow changes no file, and 4.17 fails. */
  @Test
  void whileLibsubidAsksThePluginShadowGivesNoRanges() throws Exception {
    tree.serveFrom("plugin");
    syncs();
    int fails = SystemTree.isDebian13() ? 16 : 0;
    List<String> before = subuid().lines().sorted().toList();
    assertThat(tree.run("useradd", "-u", "3001", "postdoc3").status()).isEqualTo(fails);
    assertThat(tree.newusers("postdoc4", 3002).status()).isZero();
    tree.runs("useradd", "-K", "SUB_UID_COUNT=0", "-K", "SUB_GID_COUNT=0", "-u", "3003", "none");
    assertThat(tree.run("usermod", "--add-subuids", "300000-300009", "admin").status())
        .isEqualTo(fails);
    assertThat(tree.run("usermod", "--del-subuids", "200000-200009", "admin").status())
        .isEqualTo(fails);
    assertThat(tree.run("userdel", "none").status()).isEqualTo(fails);
    assertThat(node.read("etc/passwd").contains("none:")).isEqualTo(SystemTree.isDebian13());
    // 4.13 sorts the file all the same.
    assertThat(subuid().lines().sorted().toList()).isEqualTo(before);
    syncs();
    requireGood("after programs that gave nothing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModeChangesAlsoWhereUseraddSortedTheFiles(boolean plugin) throws Exception {
    tree.serveFrom("files");
    restores("the first sync");
    tree.runs("useradd", "-m", "-u", "3001", "postdoc3");
    tree.serveFrom(plugin ? "plugin" : "files", "owners = uid");
    syncs();
    if (plugin) {
      lines.requireAlone("plugin mode after useradd");
    } else {
      lines.requireWithBlock(THREE, true, "owners = uid after useradd");
    }
    requireGood("after the change");
    rewrite("--add", "postdoc3");
    tree.serveFrom("files", "owners = name");
    restores("files mode again");
  }

  /** Each of them refused the whole snapshot before. */
  @Test
  void aLocalAccountWithTheNameOfAnOwnerHoldsItsRowOnly() throws Exception {
    restores("the first sync");
    tree.runs("useradd", "-m", "-u", "3001", "alice");
    Run sync = syncs();
    assertThat(sync.err()).contains("local-account", "alice");
    assertThat(subuid()).doesNotContain("alice:1001062400").contains("bob:", "zoe:");
    requireGood("while alice is held");
    assertThat(node.run("verify", "--no-holds").status()).isNotZero();
    tree.runs("userdel", "alice");
    restores("without the account");
    assertThat(node.run("verify", "--no-holds").status()).isZero();
  }

  /** useradd gave the owner a row before the first sync: that row serves until it is gone. */
  @Test
  void aLocalRowOfAnOwnerHoldsTheRegistrysRow() throws Exception {
    tree.runs("useradd", "-u", "1003", "zoe");
    assertThat(subuid()).contains("zoe:100000:65536\n");
    assertThat(syncs().err()).contains("local-row", "zoe:100000:65536");
    Snapshot others = Snapshots.of(42, row("alice", 1001), row("bob", 1002));
    lines.requireWithBlock(others, false, "while zoe is held");
    assertThat(subuid()).containsOnlyOnce("zoe:");
    assertThat(node.run("getsubids", "zoe").out()).isEqualTo("0: zoe 100000 65536\n");
    requireGood("while zoe is held");
    tree.runs("useradd", "-u", "3001", "postdoc3");
    rewrite("--add", "postdoc5");
    syncs();
    lines.requireWithBlock(others, false, "without the markers");
    assertThat(subuid()).contains("zoe:100000:65536\n", "3005:");
    requireGood("while zoe is held and the markers were lost");
    tree.runs("usermod", "--del-subuids", "100000-165535", "zoe");
    tree.runs("usermod", "--del-subgids", "100000-165535", "zoe");
    restores("without the row");
    assertThat(node.run("getsubids", "zoe").out()).isEqualTo("0: zoe 1001193472 65536\n");
  }

  @Test
  void aLocalRowInARangeHoldsThatRowOnly() throws Exception {
    restores("the first sync");
    long start = row("bob", 1002).uidRange().start();
    tree.runs("usermod", "--add-subuids", (start + 5) + "-" + (start + 9), "admin");
    assertThat(syncs().err()).contains("local-overlap", "admin:" + (start + 5) + ":5");
    assertThat(subuid())
        .contains("admin:" + (start + 5) + ":5\n", "alice:", "zoe:")
        .doesNotContain("bob:");
    requireGood("while bob is held");
    tree.runs("usermod", "--del-subuids", (start + 5) + "-" + (start + 9), "admin");
    restores("without the row");
  }
}
