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
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose files or whose state are not what the last sync left. */
@Tag("slow")
final class LostStateTest {
  private static final Snapshot THREE =
      Snapshots.of(42, row("alice", 1001), row("bob", 1002), row("zoe", 1003));
  private static final Snapshot NEXT =
      Snapshots.of(43, row("bob", 1002), row("zoe", 1003), row("carl", 1004));

  private final TestRegistry registry = TestRegistry.serving(THREE);
  private final ApptainerRewrite apptainer =
      new ApptainerRewrite(Map.of("admin", 1000L, "alice", 1001L, "zoe", 1003L, "post", 3001L));
  private ScratchNode node;
  private LocalLines lines;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.write("etc/subuid", "admin:200000:65536\n# of this node\n");
    node.write("etc/subgid", "");
    lines = new LocalLines(node);
    syncs();
    lines.requireWithBlock(THREE, false, "the first sync");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Run syncs() {
    Run sync = node.sync(registry);
    assertThat(sync.status()).as(sync.err()).isZero();
    return sync;
  }

  private Run restores(Snapshot snapshot, String what) {
    Run sync = syncs();
    lines.requireWithBlock(snapshot, false, what);
    requireGood();
    return sync;
  }

  private void requireGood() {
    Run verify = node.run("verify");
    assertThat(verify.status()).as(verify.err()).isZero();
    Map<String, String> before = node.files();
    assertThat(syncs().out()).contains("unchanged");
    Map<String, String> after = node.files();
    before.remove("var/lib/cadastre/confirmed");
    after.remove("var/lib/cadastre/confirmed");
    assertThat(after).isEqualTo(before);
  }

  private void loseState() throws IOException {
    try (var files = Files.list(node.path("var/lib/cadastre"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(node.path("var/lib/cadastre"));
  }

  private void edit(String old, String replacement) {
    String before = node.read("etc/subuid");
    assertThat(before).contains(old);
    node.write("etc/subuid", before.replace(old, replacement));
  }

  @Test
  void aBlockIsRecognisedByItsMarkersWithoutTheState() throws IOException {
    loseState();
    registry.serve(NEXT);
    restores(NEXT, "without the state");
  }

  /** A diskless node: /var is empty at each boot, and Apptainer has run. */
  @ParameterizedTest
  @ValueSource(strings = {"owners = name", "owners = uid"})
  void rowsAreTakenOverWithoutStateAndMarkers(String owners) throws IOException {
    loseState();
    node.write("etc/cadastre/node.conf", owners + "\n");
    node.write("etc/subuid", apptainer.add(node.read("etc/subuid"), "post"));
    lines.note();
    assertThat(node.read("etc/subuid")).doesNotContain("#");
    syncs();
    lines.requireWithBlock(THREE, owners.endsWith("uid"), "diskless");
    requireGood();
  }

  /** Without a state nobody knows whose the row of a former owner is, so it stays. */
  @Test
  void aRowOfAFormerOwnerBecomesLocalWithoutStateAndMarkers() throws IOException {
    loseState();
    node.write("etc/subuid", apptainer.add(node.read("etc/subuid"), "post"));
    registry.serve(NEXT);
    syncs();
    assertThat(node.read("etc/subuid"))
        .containsOnlyOnce("alice:1001062400:65536\n")
        .containsOnlyOnce("bob:")
        .containsOnlyOnce("zoe:")
        .containsOnlyOnce("carl:");
    requireGood();
  }

  @Test
  void theStateFileAloneIsLost() throws IOException {
    Files.delete(node.path("var/lib/cadastre/state"));
    node.write("etc/subuid", apptainer.add(node.read("etc/subuid"), "post"));
    lines.note();
    registry.serve(NEXT);
    restores(NEXT, "without the state file");
  }

  @ParameterizedTest
  @CsvSource({"files, files", "files, plugin", "plugin, files"})
  void yesterdaysFileIsPutBack(String then, String now) {
    node.write("etc/cadastre/node.conf", "mode = " + then + "\n");
    syncs();
    String yesterday = node.read("etc/subuid");
    node.write("etc/cadastre/node.conf", "mode = " + now + "\n");
    registry.serve(NEXT);
    syncs();
    node.write("etc/subuid", yesterday);
    lines.ignore();
    Run sync = syncs();
    if (now.equals("files")) {
      lines.requireWithBlock(NEXT, false, "yesterday's file");
      assertThat(node.read("etc/subuid")).doesNotContain("alice");
    } else {
      lines.requireAlone("yesterday's file");
    }
    assertThat(sync.out()).contains("wrote");
    requireGood();
  }

  @ParameterizedTest
  @CsvSource({"name, uid", "uid, name"})
  void theOwnerFieldChangesAlsoWithoutMarkers(String from, String to) {
    node.write("etc/cadastre/node.conf", "owners = " + from + "\n");
    syncs();
    node.write("etc/subuid", apptainer.add(node.read("etc/subuid"), "post"));
    node.write("etc/cadastre/node.conf", "owners = " + to + "\n");
    lines.note();
    syncs();
    lines.requireWithBlock(THREE, to.equals("uid"), "owners = " + to);
    requireGood();
  }

  @Test
  void anEditInsideOfTheBlockHeals() {
    edit("bob:1001127936:65536\n", "");
    lines.ignore();
    restores(THREE, "a row removed");
    assertThat(node.path("var/lib/cadastre/removed")).doesNotExist();
    edit("bob:1001127936:65536\n", "bob:1001127936:65536\nvisitor:300000:65536\n");
    lines.ignore();
    assertThat(restores(THREE, "a row added").err()).contains("visitor:300000:65536");
    assertThat(node.read("var/lib/cadastre/removed")).contains("visitor:300000:65536");
    edit("zoe:1001193472:65536\n", "zoe:1001193472:99999\n# and why\n");
    lines.ignore();
    assertThat(restores(THREE, "a row changed").err()).contains("zoe:1001193472:99999");
    assertThat(node.read("var/lib/cadastre/removed"))
        .contains("visitor:300000:65536", "zoe:1001193472:99999", "# and why");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# END cadastre\n",
        "# BEGIN cadastre (managed; do not edit)\n",
        "# BEGIN cadastre (managed; do not edit)\nalice:1001062400:65536\n"
      })
  void aLostMarkerIsPutBack(String lost) {
    edit(lost, "");
    lines.ignore();
    registry.serve(NEXT);
    restores(NEXT, "without a marker");
  }

  @Test
  void markersInTheWrongOrderOrDoubledAreReplaced() {
    edit("# END cadastre\n", "# END cadastre\n# END cadastre\n");
    lines.ignore();
    restores(THREE, "doubled");
    String block = node.read("etc/subuid");
    node.write("etc/subuid", block + block);
    lines = new LocalLines(node);
    syncs();
    assertThat(node.read("etc/subuid"))
        .containsOnlyOnce(LocalLines.BEGIN)
        .containsOnlyOnce(LocalLines.END)
        .containsOnlyOnce("alice:")
        .containsOnlyOnce("zoe:");
    requireGood();
  }

  /** newuidmap fails if a range of the user is there twice. */
  @Test
  void aRowThatEqualsOneOfTheBlockIsOneWithIt() {
    lines.note();
    node.write("etc/subuid", "zoe:1001193472:65536\n" + node.read("etc/subuid"));
    assertThat(restores(THREE, "an equal row").err()).isEmpty();
    assertThat(node.read("etc/subuid")).containsOnlyOnce("zoe:");
    requireGood();
  }

  /** No sync in plugin mode wrote such a row, so somebody else did. */
  @ParameterizedTest
  @ValueSource(strings = {"zoe:1001193472:65536", "1003:1001193472:65536", "zoe:1001193480:8"})
  void inPluginModeARowInTheRangeOfItsOwnerIsLocal(String row) {
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    syncs();
    lines.requireAlone("plugin mode");
    node.write("etc/subuid", node.read("etc/subuid") + row + "\n");
    lines.note();
    assertThat(syncs().err()).contains("local-row", row);
    lines.requireAlone("with a row of zoe");
    assertThat(node.read("etc/subuid")).contains(row + "\n");
    requireGood();
  }

  @Test
  void disabledRowsOutliveTheirOwner() {
    node.write("etc/subuid", apptainer.disable(node.read("etc/subuid"), "alice"));
    lines.note();
    assertThat(restores(THREE, "disabled").err()).contains("!alice:1001062400:65536");
    registry.serve(NEXT);
    restores(NEXT, "the owner is gone");
    assertThat(node.read("etc/subuid")).contains("!alice:1001062400:65536\n");
  }
}
