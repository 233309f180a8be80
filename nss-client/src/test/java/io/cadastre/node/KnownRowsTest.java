/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.SnapshotRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the registry that are recognised without marker lines (findings F1 and F2). */
@Tag("slow")
final class KnownRowsTest {
  private static final String BEGIN = "# BEGIN cadastre (managed; do not edit)\n";
  private static final String END = "# END cadastre\n";
  private static final String ROWS =
      "alice:1001062400:65536\nbob:1001127936:65536\nzoë:1001193472:65536\n";
  private static final String BLOCK = BEGIN + ROWS + END;
  private static final String LOCAL = "admin:100000:65536\n";

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    node.write("etc/subuid", LOCAL);
    sync();
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Run sync(String... args) {
    Run run = node.sync(registry, args);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(node.run("verify").status()).isZero();
    Map<String, String> before = node.files();
    assertThat(node.sync(registry).out()).endsWith(": unchanged\n");
    assertThat(node.files()).isEqualTo(before).doesNotContainKey("var/lib/cadastre/snapshot.next");
    return run;
  }

  private String subuid() {
    return node.read("etc/subuid");
  }

  /** As useradd leaves the file: all rows by start, then what is no row. */
  private static String sorted(String text) {
    String rows =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .sorted(Comparator.comparing(line -> Long.parseLong(line.split(":", -1)[1])))
            .collect(Collectors.joining("\n", "", "\n"));
    return rows
        + text.lines().filter(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
  }

  @Test
  void aSortedFileGetsItsBlockAgain() {
    node.write("etc/subuid", sorted(subuid() + "svc:165536:65536\n") + "\n");
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL + "svc:165536:65536\n" + BLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROWS,
        ROWS + BEGIN + END,
        ROWS + END + BEGIN,
        BEGIN + ROWS,
        ROWS + END,
        BLOCK + BLOCK,
        BEGIN + BLOCK,
        "# BEGIN cadastre\n" + ROWS + "# END cadastre\n",
        " " + BLOCK,
        BEGIN + ROWS + ROWS + END,
        "1001:1001062400:65536\n1002:1001127936:65536\n1003:1001193472:65536\n",
        "alice:1001062400:30000\nalice:1001100000:27936\n" + ROWS,
      })
  void knownRowsBecomeTheBlockWhateverIsLeftOfTheMarkers(String left) {
    node.write("etc/subuid", LOCAL + left + "svc:165536:65536\n");
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK + "svc:165536:65536\n");
  }

  @Test
  void aRowOfARetiredOwnerIsKnownToo() {
    node.write("etc/subuid", LOCAL + ROWS);
    registry.serve(Snapshots.of(43, row("alice", 1001)));
    sync();
    assertThat(subuid()).isEqualTo(LOCAL + BEGIN + "alice:1001062400:65536\n" + END);
  }

  @Test
  void aPartOfTheRangeOutsideTheBlockIsTheRegistrys() {
    node.write("etc/subuid", LOCAL + BLOCK + "bob:1001127936:1000\n");
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
  }

  @Test
  void identicalRowsAreOne() {
    node.write("etc/subuid", "1002:1001127936:65536\n" + LOCAL + BLOCK);
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
  }

  @Test
  void aLocalRowThatEqualsANewOnesStaysLocalAlsoInASortedFile() {
    String dan = "dan:1001259008:65536\n";
    node.write("etc/subuid", dan + LOCAL + BLOCK);
    registry.serve(
        Snapshots.of(43, row("alice", 1001), row("bob", 1002), row("zoë", 1003), row("dan", 1004)));
    assertThat(sync().err()).contains("warning: local-row: /etc/subuid, row dan");
    assertThat(subuid()).isEqualTo(dan + LOCAL + BLOCK);
    node.write("etc/subuid", dan + ROWS + LOCAL + BEGIN + END);
    sync();
    assertThat(subuid()).isEqualTo(dan + BLOCK + LOCAL);
    registry.serve(Snapshots.three(44));
    sync();
    assertThat(subuid()).isEqualTo(dan + BLOCK + LOCAL);
  }

  @Test
  void twoInterruptedSyncsMayHaveWrittenTwoRangesOfAnOwner() {
    String other = "bob:1001259008:65536\n";
    SnapshotRow superseded = row("bob", 1002, 77, new IdRange(1_001_259_008, 65536));
    node.write(
        "var/lib/cadastre/snapshot.next",
        Snapshots.of(43, row("alice", 1001), row("bob", 1002), superseded).render());
    node.write("etc/subuid", LOCAL + ROWS + other);
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
  }

  @Test
  void aCommentThatNamesTheMarkersStays() {
    String comment = "# rows after BEGIN cadastre are the registry's\n";
    node.write("etc/subuid", comment + LOCAL + BLOCK);
    sync();
    assertThat(subuid()).isEqualTo(comment + LOCAL + BLOCK);
  }

  @Test
  void theStateFolderMayBeLost() throws IOException {
    for (String left : new String[] {BLOCK, ROWS, ROWS + END + BEGIN, ROWS + BEGIN + END}) {
      node.write("etc/subuid", LOCAL + left);
      removeState();
      assertThat(sync().err()).isEmpty();
      assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
    }
  }

  @Test
  void withoutAStateOnlyEqualRowsAreTakenOver() throws IOException {
    node.write("etc/subuid", "alice:1001062400:1\nbob:1001127936:65536\n");
    removeState();
    assertThat(sync().err()).contains("held: the row of alice");
    assertThat(subuid())
        .isEqualTo(
            "alice:1001062400:1\n" + BEGIN + "bob:1001127936:65536\nzoë:1001193472:65536\n" + END);
  }

  private void removeState() throws IOException {
    try (Stream<Path> all = Files.list(node.path("var/lib/cadastre"))) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void theRowsOfAnInterruptedSyncAreKnown() throws IOException {
    byte[] next = Snapshots.of(43, row("alice", 1001), row("dan", 1004)).render();
    node.write("var/lib/cadastre/snapshot.next", next);
    node.write("etc/subuid", LOCAL + "alice:1001062400:65536\ndan:1001259008:65536\n");
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
  }

  @Test
  void anInterruptedSyncsFileIsRemovedAlsoIfNothingIsLeftToDo() {
    node.write("var/lib/cadastre/snapshot.next", "damaged");
    sync();
    assertThat(node.path("var/lib/cadastre/snapshot.next")).doesNotExist();
  }

  @Test
  void linesThatNobodyKnowsAreKeptAndNamed() {
    node.write(
        "etc/subuid",
        LOCAL + BEGIN + "# mine\nalice:1001062400:65536\neve:200000:65536\nbob:1:2\n" + END);
    assertThat(sync().err())
        .contains(
            "warning: removed: /etc/subuid: # mine; /etc/subuid: eve:200000:65536; /etc/subuid: bob:1:2:",
            "keeps it in /var/lib/cadastre/removed");
    assertThat(subuid()).isEqualTo(LOCAL + BLOCK);
    String kept = "/etc/subuid: # mine\n/etc/subuid: eve:200000:65536\n/etc/subuid: bob:1:2\n";
    assertThat(node.read("var/lib/cadastre/removed")).isEqualTo(kept);
    node.write("etc/subgid", BEGIN + "eve:200000:65536\n" + END);
    sync();
    assertThat(node.read("var/lib/cadastre/removed"))
        .isEqualTo(kept + "/etc/subgid: eve:200000:65536\n");
  }

  @Test
  void yesterdaysFileIsHealed() {
    registry.serve(Snapshots.of(43, row("alice", 1001), row("bob", 1002), row("dan", 1004)));
    sync();
    String today = subuid();
    node.write("etc/subuid", LOCAL + BLOCK);
    assertThat(sync().err()).contains("removed: /etc/subuid: zoë:1001193472:65536:");
    assertThat(subuid()).isEqualTo(today);
  }

  @Test
  void theOtherSettingOfOwnersKnowsTheRows() {
    node.write("etc/subuid", LOCAL + ROWS);
    node.write("etc/cadastre/node.conf", "owners = uid\n");
    assertThat(sync().err()).isEmpty();
    assertThat(subuid())
        .isEqualTo(
            LOCAL
                + BEGIN
                + ROWS.replace("alice", "1001").replace("bob", "1002").replace("zoë", "1003")
                + END);
  }

  @Test
  void aChangeToPluginModeRemovesRowsThatLostTheirMarkers() {
    node.write("etc/subuid", ROWS + LOCAL);
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    sync();
    assertThat(subuid()).isEqualTo(LOCAL);
  }

  @Test
  void inPluginModeARowThatAnAdminAddedStays() {
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    sync();
    node.write("etc/subuid", ROWS);
    assertThat(sync().err()).contains("warning: local-row: /etc/subuid, row alice");
    assertThat(subuid()).isEqualTo(ROWS);
  }

  @Test
  void anEarlierVersionsFilesModeIsSeenFromItsMap() throws IOException {
    Files.delete(node.path("var/lib/cadastre/served"));
    node.write("etc/subuid", ROWS + LOCAL);
    node.write("etc/cadastre/node.conf", "mode = plugin\n");
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(LOCAL);
  }

  @Test
  void aStateOfAnEarlierVersionIsEnough() throws IOException {
    Files.delete(node.path("var/lib/cadastre/served"));
    node.write("etc/subuid", ROWS + LOCAL);
    assertThat(sync().err()).isEmpty();
    assertThat(subuid()).isEqualTo(BLOCK + LOCAL);
  }
}
