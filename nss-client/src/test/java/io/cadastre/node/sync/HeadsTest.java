/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.guard.Acceptance;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witnesses that a node keeps of the event log, on a scratch tree. */
final class HeadsTest {
  private static final String HEADS = "var/lib/cadastre/heads";
  private static final Instant FIRST = Instant.ofEpochSecond(1_795_791_600);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private final List<String> notices = new ArrayList<>();
  private Acceptances accepted = Acceptances.NONE;
  private ScratchNode node;
  private NodeTree tree;

  @BeforeEach
  void setUp(@TempDir Path root) throws Exception {
    node = new ScratchNode(root);
    tree = NodeTree.open(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** A hash that differs by its first digits. */
  private static String hash(int start) {
    return "%04x%s".formatted(start, "0".repeat(60));
  }

  private static String line(Snapshot snapshot, int number, int hash, Instant at) {
    return "%s %d %s %d\n".formatted(snapshot.ledger(), number, hash(hash), at.getEpochSecond());
  }

  private void tell(int number, int hash) {
    registry.tell(number + " " + hash(hash));
  }

  /** A sync as of a running system, at this time; returns its warnings. */
  private List<Finding> syncAt(Instant now) throws Exception {
    SyncOptions options =
        new SyncOptions(
            SettingsFile.settings("node.conf", "url = %s\n".formatted(registry.url())),
            Acceptances.NONE,
            accepted,
            false,
            false);
    OutcomeFiles files =
        new OutcomeFiles(tree, Optional.empty(), Clock.fixed(now, ZoneOffset.UTC), notices::add);
    return Sync.run(tree, options, notices::add, Optional.of(files)).warnings();
  }

  @Test
  void eachNewSerialIsWitnessedAndOtherwiseOneEventADay() throws Exception {
    Snapshot three = Snapshots.three(42);
    tell(100, 1);
    assertThat(syncAt(FIRST)).isEmpty();
    String first = line(three, 100, 1, FIRST);
    assertThat(node.read(HEADS)).isEqualTo(first);

    tell(101, 2); // 304
    assertThat(syncAt(FIRST.plus(QUARTER))).isEmpty();
    assertThat(syncAt(FIRST.plus(Duration.ofDays(1)).minusSeconds(1))).isEmpty();
    assertThat(node.read(HEADS)).isEqualTo(first);
    Instant next = FIRST.plus(Duration.ofDays(1));
    assertThat(syncAt(next)).isEmpty();
    String second = line(three, 101, 2, next);
    assertThat(node.read(HEADS)).isEqualTo(first + second);

    registry.serve(Snapshots.of(43, row("alice", 1001), row("bob", 1002)));
    tell(102, 3);
    assertThat(syncAt(next.plus(QUARTER))).isEmpty();
    assertThat(node.read(HEADS))
        .isEqualTo(first + second + line(three, 102, 3, next.plus(QUARTER)));
    assertThat(notices).isEmpty();
  }

  @Test
  void a304WritesOnlyTheContact() throws Exception {
    tell(100, 1);
    syncAt(FIRST);
    Map<String, String> before = node.files();
    registry.asked();
    syncAt(FIRST.plus(QUARTER));
    assertThat(registry.asked()).containsExactly("/v1/snapshot known 304");
    Map<String, String> after = node.files();
    before.remove("var/lib/cadastre/confirmed");
    after.remove("var/lib/cadastre/confirmed");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void withoutTheFieldOrWithGarbageNothingIsKept() throws Exception {
    for (String field : List.of("", "1", "x y", "0 " + hash(1), "100 " + hash(1) + "0")) {
      registry.tell(field);
      syncAt(FIRST);
      assertThat(node.path(HEADS)).doesNotExist();
    }
    registry.answerWith(503);
    tell(100, 1);
    syncAt(FIRST);
    assertThat(node.path(HEADS)).doesNotExist();
    assertThat(notices).isEmpty();
  }

  @Test
  void anImageAndADryRunKeepNone() throws Exception {
    tell(100, 1);
    node.sync(registry);
    assertThat(node.path("var/lib/cadastre/state")).exists();
    assertThat(node.path(HEADS)).doesNotExist();
  }

  @Test
  void anotherHashForOneEventIsAWarningOnce() throws Exception {
    tell(100, 1);
    syncAt(FIRST);
    tell(100, 2);
    assertThat(syncAt(FIRST.plus(QUARTER)))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.message())
                    .contains("event 100", hash(1), hash(2), FIRST.toString(), "edited"));
    assertThat(node.read(HEADS))
        .isEqualTo(
            line(Snapshots.three(42), 100, 1, FIRST)
                + line(Snapshots.three(42), 100, 2, FIRST.plus(QUARTER)));
    assertThat(syncAt(FIRST.plus(QUARTER.multipliedBy(2)))).isEmpty();
  }

  /** The restore is legitimate, or not: the node serves what was accepted, and warns. */
  @Test
  void anEarlierEventIsAWarningAndTheNodeServes() throws Exception {
    tell(200, 1);
    syncAt(FIRST);
    registry.serve(Snapshots.of(41, row("alice", 1001), row("bob", 1002), row("carol", 1003)));
    tell(100, 3);
    accepted = new Acceptances(Set.of(Acceptance.of("older@41")));
    assertThat(syncAt(FIRST.plus(QUARTER)))
        .filteredOn(warning -> warning.rule().equals("head"))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.message()).contains(" is 100, and was 200", "cut or restored"));
    assertThat(node.read("var/lib/cadastre/snapshot")).contains("# serial 41\n");
  }

  @Test
  void aLineThatAKilledRunLeftHidesNoOtherOne() throws Exception {
    Snapshot three = Snapshots.three(42);
    String whole = line(three, 100, 1, FIRST);
    node.write(HEADS, whole + whole.substring(0, 60));
    tell(100, 2);
    assertThat(syncAt(FIRST.plus(QUARTER))).hasSize(1);
    assertThat(Heads.read(tree).witnesses())
        .extracting(witness -> witness.head().hash())
        .containsExactly(hash(1), hash(2));
  }

  @Test
  void theNewestThousandSurvive() throws Exception {
    Snapshot three = Snapshots.three(42);
    tell(1100, 1100);
    syncAt(FIRST);
    StringBuilder full = new StringBuilder();
    LongStream.rangeClosed(1, 1100)
        .forEach(number -> full.append(line(three, (int) number, (int) number, FIRST)));
    node.write(HEADS, full.toString());
    node.write("var/lib/cadastre/.heads.cadastre-new", "left by a run that was killed");
    assertThat(Heads.read(tree).witnesses()).hasSize(1000);
    tell(1101, 1101);
    assertThat(syncAt(FIRST.plus(QUARTER))).isEmpty();
    assertThat(node.read(HEADS)).isEqualTo(full.toString());
    syncAt(FIRST.plus(Duration.ofDays(1)));
    assertThat(node.read(HEADS).lines()).hasSize(1000);
    assertThat(Heads.read(tree).witnesses())
        .extracting(witness -> witness.head().number())
        .containsExactlyElementsOf(LongStream.rangeClosed(102, 1101).boxed().toList());
    assertThat(node.path("var/lib/cadastre/.heads.cadastre-new")).doesNotExist();
  }

  @Test
  void aTimeInTheFutureDoesNotSilenceTheNode() throws Exception {
    node.write(HEADS, line(Snapshots.three(42), 100, 1, FIRST.plus(Duration.ofDays(3000))));
    tell(101, 2);
    syncAt(FIRST);
    assertThat(Heads.read(tree).witnesses()).hasSize(2);
  }

  @Test
  void anotherLedgerContradictsNothing() throws Exception {
    node.write(HEADS, "00000000-0000-0000-0000-000000000001 900 " + hash(9) + " 1\n");
    tell(100, 1);
    assertThat(syncAt(FIRST)).isEmpty();
    assertThat(Heads.read(tree).witnesses()).hasSize(2);
  }

  @Test
  void aFileThatCannotBeWrittenIsAWarning() throws Exception {
    node.write(HEADS + "/in-the-way", "");
    tell(100, 1);
    syncAt(FIRST);
    assertThat(notices)
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice)
                    .startsWith("warning: " + node.path(HEADS) + " is not written (")
                    .contains("keeps no witness"));
    assertThat(node.run("verify").err()).contains("warning: head: /var/lib/cadastre/heads");
  }

  @Test
  void theCommandPrintsThemWithTheNodesName() throws Exception {
    assertThat(node.run("heads").err()).contains("\"cadastre-node sync\"");
    tell(100, 1);
    syncAt(FIRST);
    node.write("etc/hostname", "node17\n");
    String witness = Heads.read(tree).witnesses().get(0).toString();
    Run run = node.run("heads");
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("node17 " + witness + "\n");
    assertThat(run.err()).isEmpty();
    assertThat(node.run("heads", "--json").out())
        .isEqualTo(
            "[{\"node\":\"node17\",\"ledger\":\"%s\",\"event\":100,\"hash\":\"%s\",\"at\":\"%s\"}]\n"
                .formatted(Snapshots.three(42).ledger(), hash(1), FIRST));
    node.write("etc/hostname", "two words\n");
    assertThat(node.run("heads").out()).startsWith("unknown ");
    assertThat(Witness.parse(node.run("heads").out().strip().substring(8))).isPresent();
  }

  @Test
  void verifyAndCheckWarnForThirtyDaysAndTheCommandForEver() throws Exception {
    Instant now = Instant.now();
    Snapshot three = Snapshots.three(42);
    node.sync(registry);
    for (int days : new int[] {29, 31}) {
      Instant then = now.minus(Duration.ofDays(days));
      node.write(HEADS, line(three, 100, 1, then.minusSeconds(9)) + line(three, 100, 2, then));
      Run verified = node.run("verify");
      assertThat(verified.status()).isZero();
      assertThat(verified.err().contains("warning: head: ")).isEqualTo(days < 30);
      assertThat(node.run("check", "--user", "admin").out())
          .contains("N32 " + (days < 30 ? "warn" : "pass"));
      assertThat(node.run("heads").err()).contains("warning: head: ");
    }
    Files.delete(node.path(HEADS));
    assertThat(node.run("check", "--user", "admin").out()).contains("N32 not applicable");
  }
}
