/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static io.cadastre.node.Snapshots.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.guard.Rule;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held rows on a node that was interrupted, lost a file, or was told to adopt or accept. */
@Tag("slow")
final class InterruptedHoldTest {
  private static final String STATE = "var/lib/cadastre/";
  private static final String WORD = "identity-changed@" + new UUID(0, 1);
  private static final String BOB = "bob:1001127936:65536\n";

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Run sync(String... args) {
    Run run = node.sync(registry, args);
    assertThat(run.status()).as(run.err()).isZero();
    Run verified = node.run("verify");
    assertThat(verified.status()).as(verified.err()).isZero();
    assertThat(node.sync(registry).out()).endsWith(": unchanged\n");
    return run;
  }

  /** bob's allocation under another name and uid. */
  private static Snapshot changed(long serial, String name, long uid) {
    return Snapshots.of(
        serial,
        row("alice", 1001),
        row(name, uid, 1, new IdRange(1_001_127_936, 65536)),
        row("zoë", 1003));
  }

  /** A kill before the file of that name was renamed: it and the later ones are the old ones. */
  @ParameterizedTest
  @CsvSource({"served state snapshot, true", "state snapshot, true", "snapshot, true"})
  void anIdentityIsStillHeldAfterAKill(String old, boolean next) {
    sync();
    List<String> names = List.of(old.split(" "));
    List<String> before = names.stream().map(name -> node.read(STATE + name)).toList();
    registry.serve(changed(43, "eve", 6666));
    sync();
    for (int i = 0; i < names.size(); i++) {
      node.write(STATE + names.get(i), before.get(i));
    }
    if (next) {
      node.write(STATE + "snapshot.next", changed(43, "eve", 6666).render());
    }
    assertThat(sync().err()).contains("the row of eve", "identity-changed");
    assertThat(node.read("etc/subuid")).doesNotContain("eve", "bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"served", "state", "snapshot"})
  void anIdentityIsStillHeldIfAFileIsLost(String name) throws IOException {
    sync();
    registry.serve(changed(43, "eve", 6666));
    sync();
    Files.delete(node.path(STATE + name));
    assertThat(sync().err()).contains("the row of eve", "identity-changed");
    assertThat(node.read("etc/subuid")).doesNotContain("eve", "bob");
  }

  /** A local row of an owner who is retired by a sync that is killed before its last rename. */
  @ParameterizedTest
  @CsvSource({
    "bob:1001127936:65536, mode = files, mode = files",
    "bob:1001127936:1000, mode = files, mode = files",
    "bob:1001127936:1000, mode = plugin, mode = files"
  })
  void aLocalRowOfARetiredOwnerStaysAfterAKill(String local, String before, String after) {
    registry.serve(Snapshots.of(41, row("alice", 1001), row("zoë", 1003)));
    node.write("etc/cadastre/node.conf", before + "\n");
    sync();
    node.write("etc/subuid", local + "\n" + node.read("etc/subuid"));
    registry.serve(Snapshots.three(42));
    sync();
    String snapshot = node.read(STATE + "snapshot");
    node.write("etc/cadastre/node.conf", after + "\n");
    registry.serve(Snapshots.of(43, row("alice", 1001), row("zoë", 1003)));
    sync();
    node.write(STATE + "snapshot", snapshot);
    sync();
    assertThat(node.read("etc/subuid")).startsWith(local + "\n");
  }

  @Test
  void aTwinStaysLocalAfterAKill() {
    node.write("etc/subuid", "");
    registry.serve(Snapshots.of(41, row("alice", 1001)));
    sync();
    node.write("etc/subuid", BOB + node.read("etc/subuid"));
    registry.serve(Snapshots.of(42, row("alice", 1001), row("bob", 1002)));
    sync();
    node.write(STATE + "snapshot.next", Snapshots.three(43).render());
    registry.serve(Snapshots.three(43));
    assertThat(sync().err()).contains("warning: local-row: /etc/subuid, row bob");
    assertThat(node.read("etc/subuid")).startsWith(BOB);
  }

  @Test
  void anAcceptanceHoldsAfterAKill() {
    sync();
    String snapshot = node.read(STATE + "snapshot");
    registry.serve(Snapshots.of(42, row("alice", 1001), row("bob", 1002)));
    sync("--accept", "older@42");
    node.write(STATE + "snapshot", snapshot);
    sync();
    assertThat(node.read("etc/subuid")).doesNotContain("zoë");
  }

  @Test
  void anIdentityIsStillHeldIfTheAllocationWasAwayForASerial() {
    sync();
    registry.serve(changed(43, "eve", 6666));
    sync();
    registry.serve(Snapshots.of(44, row("alice", 1001), row("zoë", 1003)));
    sync();
    registry.serve(changed(45, "eve", 6666));
    assertThat(sync().err()).contains("the row of eve", "identity-changed");
    sync("--accept", WORD);
    assertThat(node.read("etc/subuid")).contains("eve:1001127936:65536");
  }

  @Test
  void aFileOfAcceptancesIsBoundEvenIfTheSyncIsKilled() {
    sync();
    String snapshot = node.read(STATE + "snapshot");
    node.write("etc/cadastre/accept.d/eve", WORD + "\n");
    registry.serve(changed(43, "eve", 6666));
    sync();
    node.write(STATE + "snapshot", snapshot);
    registry.serve(changed(44, "carl", 7777));
    assertThat(sync().err()).contains("the row of carl", "identity-changed");
    assertThat(node.read("etc/subuid")).doesNotContain("carl");
  }

  @Test
  void verifyKnowsWhatAnAcceptanceIsBoundTo() {
    sync();
    node.write("etc/cadastre/accept.d/eve", WORD + "\n");
    registry.serve(changed(43, "eve", 6666));
    sync();
    registry.serve(changed(44, "carl", 7777));
    sync(); // verify agrees
    assertThat(node.run("status").out()).contains("verified: true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode = files\n", "mode = plugin\n"})
  void adoptLeavesTheLocalRowOfAHeldOwner(String mode) {
    node.write("etc/cadastre/node.conf", mode);
    node.write("etc/subuid", BOB + "x:1001127936:1\n");
    sync("--adopt");
    assertThat(node.read("etc/subuid")).startsWith(BOB + "x:1001127936:1\n");
    assertThat(node.run("getsubids", "bob").out()).isEqualTo("0: bob 1001127936 65536\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice:1001062400:1", "alice:1001062399:2", "alice:1001062300:66000"})
  void anAcceptedRowThatSharesIdsIsNotServedTwice(String local) {
    registry.serve(
        Snapshots.of(42, row("alice", 1001), row("dan", 1004, 9, new IdRange(1_501_062_400, 9))));
    node.write("etc/subuid", local + "\n");
    assertThat(sync().err()).contains("held: the row of alice");
    assertThat(sync("--accept", "local-row@42").err())
        .contains("warning: removed: /etc/subuid: " + local);
    assertThat(node.read("etc/subuid")).startsWith("# BEGIN").contains("alice:1001062400:65536\n");
    assertThat(node.read(STATE + "removed")).isEqualTo("/etc/subuid: " + local + "\n");
  }

  @Test
  void theLocalRowOfAHeldOwnerStaysIfTheNodeForgotThatItHeld() throws IOException {
    node.write("etc/subuid", "alice:1001062400:1000\n");
    sync();
    Files.delete(node.path(STATE + "served"));
    Files.delete(node.path(STATE + "state"));
    assertThat(sync().err()).contains("the row of alice", "local-row");
    assertThat(node.read("etc/subuid")).startsWith("alice:1001062400:1000\n");
  }

  @Test
  void conflictsOfAllRowsRefuseTheSnapshot() {
    sync();
    node.write("etc/subuid", node.read("etc/subuid") + "x:0:4294967295\n");
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(Rule.LOCAL_OVERLAP.exitStatus());
    assertThat(run.err())
        .contains("3 of 3 rows would be held; max-shrink = 10% allows fewer, and never all");
    assertThat(node.read("etc/subuid")).contains(BOB);
  }

  @Test
  void aNulByteIsRefusedAfterTheServiceWasAsked() {
    sync();
    registry.asked();
    node.write("etc/subuid", "zo\0e:1:1\n");
    assertThat(node.sync(registry).status()).isEqualTo(Rule.MARKERS.exitStatus());
    assertThat(registry.asked()).hasSize(1);
    assertThat(node.run("verify").status()).isEqualTo(ExitStatus.DATA_REFUSED);
  }
}
