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
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that one node does not serve, because of a local row or account (finding F3). */
final class HeldRowsTest {
  private static final String ALICE = "alice:1001062400:65536\n";
  private static final String BOB = "bob:1001127936:65536\n";
  private static final String PLUGIN = "mode = plugin\n";

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

  private Run accepts(String... args) {
    Run run = node.sync(registry, args);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(node.run("verify").status()).isZero();
    Map<String, String> before = node.files();
    assertThat(node.sync(registry).out()).endsWith(": unchanged\n");
    assertThat(node.files()).isEqualTo(before);
    return run;
  }

  private void settings(String text) {
    node.write("etc/cadastre/node.conf", text);
  }

  @Test
  void aLocalAccountsIdHoldsOneRowAndAllOthersAreServed() {
    node.write("etc/passwd", "svc:x:1001062500:100::/:/bin/sh\n");
    Run run = accepts();
    assertThat(run.err())
        .isEqualTo(
            "cadastre-node: held: the row of alice, 1001062400:65536: local-account: local uid"
                + " 1001062500: it lies in 1001062400:65536 of alice in the registry; renumber the"
                + " account (--accept local-account@42 serves it at this serial)\n");
    assertThat(run.out()).startsWith("serial 42, 3 rows (1 held): wrote");
    assertThat(node.read("etc/subuid")).doesNotContain("alice").contains(BOB);
    assertThat(node.read("etc/subgid")).doesNotContain("alice").contains(BOB);
    assertThat(node.run("getsubids", "alice").status()).isEqualTo(ExitStatus.NO_OWNER);
    assertThat(node.run("status").out()).contains("held: 1\n");
    accepts("--accept", "local-account@42");
    assertThat(node.read("etc/subuid")).contains(ALICE);
  }

  @Test
  void verifyNamesHeldRowsAndFailsOnRequest() {
    node.write("etc/passwd", "svc:x:1001062500:100::/:/bin/sh\n");
    accepts();
    Run verified = node.run("verify");
    assertThat(verified.err()).contains("held: the row of alice");
    assertThat(verified.out()).contains("but for the rows that it holds");
    assertThat(node.run("verify", "--no-holds").status()).isEqualTo(ExitStatus.DATA_REFUSED);
    assertThat(node.run("verify", "--json").out())
        .contains("\"held\":[{\"owner\":\"alice\",\"allocation\":");
    node.write("etc/passwd", "");
    accepts();
    assertThat(node.run("verify", "--no-holds").status()).isZero();
  }

  @Test
  void aRangeThatServedUntilNowIsSaidToBeTaken() {
    accepts();
    node.write("etc/passwd", "svc:x:1001062500:100::/:/bin/sh\n");
    assertThat(accepts().err()).startsWith("cadastre-node: taken: the row of alice");
    node.write("etc/group", "g:x:5:\n");
    assertThat(accepts().err()).startsWith("cadastre-node: held: the row of alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice:100000:65536\n", "1001:100000:65536\n", "alice:1001062400:1\n"})
  void theLocalRowServesInFilesMode(String local) {
    node.write("etc/subuid", local);
    assertThat(accepts().err()).contains("held: the row of alice", "local-row", "remove the row");
    assertThat(node.read("etc/subuid")).startsWith(local).doesNotContain(ALICE).contains(BOB);
    assertThat(node.run("getsubids", "alice").out()).isNotEmpty();
    accepts(); // nor does a later sync take it for the registry's
    registry.serve(Snapshots.of(43, row("alice", 1001), row("bob", 1002)));
    accepts();
    assertThat(node.read("etc/subuid")).startsWith(local).contains(BOB);
  }

  @Test
  void inPluginModeTheSnapshotCountsAndALocalRowIsAWarning() {
    settings(PLUGIN);
    node.write("etc/subuid", "alice:100000:65536\n" + BOB);
    Run run = accepts();
    assertThat(run.err())
        .contains(
            "warning: local-row: /etc/subuid, row alice:100000:65536: the registry gives this owner"
                + " 1001062400:65536, which counts in plugin mode; remove the row")
        .contains("row bob:1001127936:65536: the registry gives this owner 1001127936:65536 too");
    assertThat(run.out()).startsWith("serial 42, 3 rows: wrote");
    assertThat(node.read("etc/subuid")).isEqualTo("alice:100000:65536\n" + BOB);
    assertThat(node.run("getsubids", "alice").out()).isEqualTo("0: alice 1001062400 65536\n");
  }

  @Test
  void inPluginModeTheMapLacksAHeldRow() {
    settings(PLUGIN);
    node.write("etc/subuid", "eve:1001062399:2\n");
    assertThat(accepts().err()).contains("held: the row of alice", "local-overlap");
    assertThat(node.files().get("var/lib/cadastre/subid.map"))
        .doesNotContain("alice")
        .contains("bob");
    assertThat(node.run("getsubids", "alice").status()).isEqualTo(ExitStatus.NO_OWNER);
  }

  @Test
  void aLocalRowOverSeveralRangesHoldsAllOfThem() {
    node.write("etc/subuid", "eve:1001127935:2\n");
    assertThat(accepts().err())
        .contains("it overlaps 1001062400:65536 of alice in the registry and of 1 more owners");
    assertThat(node.read("etc/subuid")).doesNotContain("alice", "bob").contains("zoë");
  }

  @Test
  void aLocalRowOfAnOwnerThatLiesInAnothersRangeHoldsBoth() {
    node.write("etc/subuid", "alice:1001127936:1000\n");
    accepts();
    assertThat(node.read("etc/subuid"))
        .startsWith("alice:1001127936:1000\n")
        .doesNotContain(ALICE, BOB)
        .contains("zoë");
  }

  @ParameterizedTest
  @CsvSource({"eve:1001062400:20480, 91", "eve:1001064448:10240, 91"})
  void moreHoldsThanMaxShrinkRefuseTheWhole(String local, int status) {
    registry.serve(Snapshots.many(42, 40));
    accepts();
    node.write("etc/subgid", node.read("etc/subgid") + local + "\n");
    Map<String, String> before = node.files();
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).contains("local-overlap", "The files are left as they are.");
    assertThat(node.files()).isEqualTo(before);
  }

  @Test
  void asManyAsMaxShrinkAllowsAreHeld() {
    registry.serve(Snapshots.many(42, 40));
    node.write("etc/subuid", "eve:1001064448:8192\n");
    assertThat(accepts().out()).contains("40 rows (4 held)");
  }

  @Test
  void anIdentityThatChangedIsHeldUntilItIsAccepted() {
    accepts();
    UUID allocation = new UUID(0, 1);
    Snapshot changed = changed(43);
    registry.serve(changed);
    assertThat(accepts().err())
        .contains(
            "taken: the row of eve, 1001127936:65536: identity-changed: allocation " + allocation,
            "--accept identity-changed@" + allocation);
    assertThat(node.read("etc/subuid")).doesNotContain("bob", "eve").contains(ALICE);
    node.write("etc/group", "g:x:5:\n");
    assertThat(accepts().err()).contains("held: the row of eve", "was \"bob:1002:");
    registry.serve(Snapshots.of(44, changed.rows().get(0), changed.rows().get(1)));
    assertThat(accepts().err()).contains("held: the row of eve");
    accepts("--accept", "identity-changed@" + allocation);
    assertThat(node.read("etc/subuid")).contains("eve:1001127936:65536");
    node.write("etc/group", "");
    assertThat(accepts().err()).isEmpty();
  }

  @Test
  void anIdentityThatReturnsIsServedAgain() {
    accepts();
    registry.serve(changed(43));
    accepts();
    registry.serve(Snapshots.three(44));
    assertThat(accepts().err()).isEmpty();
    assertThat(node.read("etc/subuid")).contains(BOB);
  }

  private static Snapshot changed(long serial) {
    return Snapshots.of(
        serial,
        row("alice", 1001),
        row("eve", 6666, 1, new IdRange(1_001_127_936, 65536)),
        row("zoë", 1003));
  }

  @Test
  void whatShowsAWrongServiceRefusesTheWhole() {
    accepts();
    node.write("etc/passwd", "svc:x:1001062500:100::/:/bin/sh\n");
    registry.serve(Snapshots.of(41, row("alice", 1001), row("bob", 1002)));
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(Rule.OLDER.exitStatus());
    assertThat(run.err()).doesNotContain("held");
  }

  @Test
  void apptainersDisabledRowIsLocalAndAdoptRemovesIt() {
    node.write("etc/subuid", "!alice:1001062400:65536\n!eve:1:1\n");
    assertThat(accepts().err())
        .contains("warning: local-row: /etc/subuid, row !alice", "sync --adopt")
        .doesNotContain("!eve", "held");
    assertThat(node.read("etc/subuid")).startsWith("!alice").contains("\n" + ALICE);
    accepts("--adopt");
    assertThat(node.read("etc/subuid")).startsWith("!eve:1:1\n# BEGIN");
  }
}
