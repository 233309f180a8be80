/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.guard.Rule;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A known allocation that the snapshot shows under another name and another uid. */
final class IdentityChangedTest {
  private static final String WORD = "identity-changed@" + new UUID(0, 1);
  private static final String FILE = "etc/cadastre/accept.d/eve";

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.write("etc/cadastre/node.conf", "local-conflicts = refuse\n");
    accepts();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** alice and zoë, and bob's allocation under another identity. */
  private static Snapshot with(long serial, String name, long uid) {
    return Snapshots.of(serial, row("alice", 1001), bob(name, uid), row("zoë", 1003));
  }

  private static SnapshotRow bob(String name, long uid) {
    return row(name, uid, 1, new IdRange(1_001_127_936, 65536));
  }

  private void accepts(String... args) {
    Run run = node.sync(registry, args);
    assertThat(run.status()).as(run.err()).isZero();
  }

  private void refuses() {
    Map<String, String> before = node.files();
    Run run = node.sync(registry);
    assertThat(run.status()).as(run.err()).isEqualTo(94);
    assertThat(run.err())
        .contains("identity-changed: allocation " + new UUID(0, 1), "--accept " + WORD)
        .contains("The files are left as they are.");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void isRefusedByDefaultAndEachAllocationIsNamed() {
    assertThat(Rule.of("identity-changed").orElseThrow().exitStatus()).isEqualTo(94);
    registry.serve(with(43, "eve", 6666));
    refuses();
    registry.serve(
        Snapshots.of(
            43,
            row("carl", 7777, 0, new IdRange(1_001_062_400, 65536)),
            bob("eve", 6666),
            row("zoë", 1003)));
    assertThat(node.sync(registry).err())
        .contains("--accept " + WORD, "--accept identity-changed@" + new UUID(0, 0));
  }

  @Test
  void theAcceptancesInARefusalPassTheWholeSnapshot() {
    registry.serve(twentyMore(43, "old", 3000));
    accepts();
    registry.serve(twentyMore(44, "new", 4000));

    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("--accept (\\S+) passes").matcher(node.sync(registry).err());
    while (word.find()) {
      words.addAll(List.of("--accept", word.group(1)));
    }

    assertThat(words).hasSize(40);
    accepts(words.toArray(String[]::new));
  }

  private static Snapshot twentyMore(long serial, String name, long uid) {
    List<SnapshotRow> rows = new ArrayList<>(Snapshots.three(serial).rows());
    for (int i = 100; i < 120; i++) {
      rows.add(row(name + i, uid + i, i, new IdRange(1_001_062_400L + i * 65536L, 65536)));
    }
    return Snapshots.of(serial, rows.toArray(SnapshotRow[]::new));
  }

  @Test
  void aRenameOrARenumberingAloneIsAccepted() {
    registry.serve(with(43, "robert", 1002));
    accepts();
    registry.serve(with(44, "robert", 2002));
    accepts();
  }

  @Test
  void twoOwnersThatExchangedIdentitiesAreRefused() {
    registry.serve(
        Snapshots.of(
            43,
            row("bob", 1002, 0, new IdRange(1_001_062_400, 65536)),
            bob("alice", 1001),
            row("zoë", 1003)));
    assertThat(node.sync(registry).status()).isEqualTo(94);
  }

  @Test
  void theCommandLineAcceptsOneAllocationAndNoOther() {
    registry.serve(with(43, "eve", 6666));
    assertThat(node.sync(registry, "--accept", "identity-changed@" + new UUID(0, 2)).status())
        .isEqualTo(94);
    assertThat(node.sync(registry, "--accept", "identity-changed@43").err())
        .contains("accepted for an allocation");
    accepts("--accept", WORD);
    accepts();
    assertThat(node.run("verify").status()).isZero();
    registry.serve(with(44, "bob", 1002));
    refuses();
  }

  @Test
  void aFleetAcceptsItAtAnySerial() {
    node.write(FILE, WORD + "\n");
    registry.serve(with(517, "eve", 6666));
    accepts();
    registry.serve(with(518, "eve", 6666));
    accepts();
  }

  @Test
  void theFileHoldsWhileTheRowShowsThatNameAndUid() {
    node.write(FILE, WORD + "\n");
    registry.serve(with(43, "eve", 6666));
    accepts();
    registry.serve(with(44, "mallory", 7777));
    refuses();
    registry.serve(with(45, "mallory", 6666));
    accepts(); // a rename
    registry.serve(with(46, "dave", 8888));
    refuses();
    accepts("--accept", WORD); // accepted again
    registry.serve(with(47, "mallory", 6666));
    refuses();
  }

  @Test
  void onANewNodeTheFileIsBoundToTheFirstRow(@TempDir Path other) {
    node = new ScratchNode(other);
    node.write("etc/cadastre/node.conf", "local-conflicts = refuse\n");
    node.write(FILE, WORD + "\n");
    registry.serve(with(43, "eve", 6666));
    accepts();
    registry.serve(with(44, "mallory", 7777));
    refuses();
  }

  @Test
  void aFileThatWasRemovedAndAddedAgainIsBoundAnew() {
    node.write(FILE, WORD + "\n");
    registry.serve(with(43, "eve", 6666));
    accepts();
    node.write(FILE, "");
    registry.serve(with(44, "eve", 6667));
    accepts();
    node.write(FILE, WORD + "\n");
    registry.serve(with(45, "mallory", 7777));
    accepts();
  }
}
