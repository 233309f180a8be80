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
import io.cadastre.subid.SnapshotRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each guard through the command: its exit status and message, and unchanged files. */
final class GuardTest {
  private static final UUID OTHER_LEDGER = UUID.fromString("00000000-1111-2222-3333-444444444444");

  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
    settings("");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** Conflicts of single rows refuse the snapshot, as they did before nodes could hold rows. */
  private void settings(String more) {
    node.write("etc/cadastre/node.conf", "local-conflicts = refuse\n" + more);
  }

  private void refuses(Rule rule, String... said) {
    Map<String, String> before = node.files();
    Run run = node.sync(registry);
    assertThat(run.status()).as(run.err()).isEqualTo(rule.exitStatus());
    assertThat(run.err()).contains(said).contains("The files are left as they are.");
    assertThat(run.out()).isEmpty();
    assertThat(node.files()).isEqualTo(before);
  }

  /** The node keeps the snapshot that is served, and /etc/subgid has every range of it. */
  private void accepts(String... args) {
    Run run = node.sync(registry, args);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(node.read("var/lib/cadastre/snapshot")).isEqualTo(registry.text());
    boolean isPlugin = Files.exists(node.path("var/lib/cadastre/subid.map"));
    registry
        .text()
        .lines()
        .filter(line -> !line.startsWith("#") && !isPlugin)
        .map(row -> row.split(":", -1))
        .forEach(row -> assertThat(node.read("etc/subgid")).contains(row[5] + ":" + row[6]));
  }

  @Test
  void refusesAnEmptySnapshot() {
    registry.serve(Snapshots.of(41));
    refuses(Rule.EMPTY, "it has no rows", "--accept empty@41");
    registry.serve(Snapshots.three(42));
    accepts();
    registry.serve(Snapshots.of(43));
    refuses(Rule.EMPTY, "--accept empty@43");
    accepts("--accept", "empty@43");
    accepts(); // an acceptance for a serial holds on
    registry.serve(Snapshots.three(44));
    accepts();
    registry.serve(Snapshots.of(45));
    refuses(Rule.EMPTY, "--accept empty@45");
  }

  @Test
  void refusesASnapshotThatShrank() {
    registry.serve(Snapshots.many(50, 100));
    accepts();
    registry.serve(Snapshots.many(51, 90));
    accepts();
    registry.serve(Snapshots.many(52, 80));
    refuses(Rule.SHRUNK, "10 of the 90 allocations that the last one had are gone");
    accepts("--accept", "shrunk@52");
    accepts();
  }

  @Test
  void aSmallSiteMayRetireAFew() {
    accepts();
    registry.serve(Snapshots.of(43, row("alice", 1001)));
    accepts();
  }

  @Test
  void refusesAnOlderSnapshotOfTheSameLedger() {
    accepts();
    registry.serve(Snapshots.of(41, row("alice", 1001), row("bob", 1002)));
    refuses(Rule.OLDER, "serial 41", "older than the last one, serial 42");
    registry.serve(Snapshots.of(42, row("alice", 1001), row("bob", 1002)));
    refuses(Rule.OLDER, "the last one had the same serial and other rows");
    accepts("--accept", "older@42");
  }

  /** An emptied file must not switch the guards off. */
  @ParameterizedTest
  @ValueSource(strings = {"", "damaged"})
  void theStateGuardsANodeThatLostItsSnapshot(String left) {
    registry.serve(Snapshots.many(50, 100));
    accepts();
    node.write("var/lib/cadastre/snapshot", left);
    registry.serve(Snapshots.many(49, 101));
    refuses(Rule.OLDER, "it is older than the last one, serial 50");
    registry.serve(Snapshots.many(51, 80));
    refuses(Rule.SHRUNK, "20 of the 100 allocations that the last one had are gone");
    registry.serve(
        Snapshot.of(OTHER_LEDGER, 51, "", Snapshots.many(51, 100).rows()).render(), "other");
    refuses(Rule.LEDGER, "--accept ledger@" + OTHER_LEDGER);
    registry.serve(Snapshots.many(51, 90));
    accepts();
  }

  @Test
  void anAcceptanceHoldsForNoOtherRowsOfThatSerial() {
    accepts();
    registry.serve(Snapshots.of(42, row("alice", 1001), row("bob", 1002)));
    accepts("--accept", "older@42");
    accepts();
    registry.serve(Snapshots.three(42));
    refuses(Rule.OLDER, "the last one had the same serial and other rows");
  }

  @Test
  void refusesAnotherLedger() {
    accepts();
    Snapshot other = Snapshot.of(OTHER_LEDGER, 7, "", Snapshots.three(7).rows());
    registry.serve(other.render(), "other");
    refuses(Rule.LEDGER, "--accept ledger@" + OTHER_LEDGER);
    accepts("--accept", "ledger@" + OTHER_LEDGER);
    accepts();
    registry.serve(Snapshots.three(42).render(), "first");
    accepts("--accept", "ledger@42");
  }

  @Test
  void refusesAnotherRangeForAKnownAllocationEvenIfAccepted() {
    accepts();
    SnapshotRow moved = row("bob", 1002, 1, new IdRange(1_001_259_008, 65536));
    registry.serve(Snapshots.of(43, row("alice", 1001), moved, row("zoë", 1003)));
    refuses(Rule.RANGE_CHANGED, "bob: \"bob:1002:", "\" was \"bob:1002:");
    assertThat(node.sync(registry, "--accept", "range-changed@43").status())
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void warnsOfANewAllocationUnderAKnownName() {
    accepts();
    SnapshotRow superseded = row("bob", 1002, 77, new IdRange(1_001_259_008, 65536));
    registry.serve(Snapshots.of(43, row("alice", 1001), superseded, row("zoë", 1003)));
    settings("new-identity = refuse\n");
    refuses(Rule.IDENTITY, "has the name or the uid of");
    settings("");
    Run run = node.sync(registry);
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("warning: identity: bob: ");
  }

  @Test
  void aRenamedOwnerKeepsTheRangeWithoutAWarning() {
    accepts();
    SnapshotRow renamed = row("robert", 1002, 1, new IdRange(1_001_127_936, 65536));
    registry.serve(Snapshots.of(43, row("alice", 1001), renamed, row("zoë", 1003)));
    assertThat(node.sync(registry).err()).isEmpty();
    assertThat(node.read("etc/subuid")).contains("robert:1001127936:65536").doesNotContain("bob");
  }

  @Test
  void refusesOverlappingRows() {
    SnapshotRow overlapping = row("bob", 1002, 1, new IdRange(1_001_062_500, 65536));
    registry.serve(Snapshots.of(42, row("alice", 1001), overlapping));
    refuses(Rule.OVERLAP, "the subuid range of bob:1002:", "overlaps another");
  }

  @Test
  void refusesTwoRowsOfOneUid() {
    registry.serve(
        Snapshots.of(
            42,
            row("alice", 1001),
            new SnapshotRow(
                row("bob", 1002).name(),
                1001,
                new UUID(0, 9),
                new IdRange(1_001_127_936, 65536),
                new IdRange(1_001_127_936, 65536))));
    refuses(Rule.OVERLAP, "another row has the name, the uid or the allocation of bob:1001");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 65535, 2_147_352_576L, 2_147_483_648L})
  void refusesARangeOutsideTheWindow(long start) {
    registry.serve(Snapshots.of(42, row("alice", 1001, 0, new IdRange(start, 1000))));
    refuses(Rule.WINDOW, "alice: the subuid range " + start + ":1000");
  }

  /** The site has opted into snapd's range; an account of snapd is guarded as any local account. */
  @Test
  void takesARangeThatIsSnapdsOnlyWhereSnapdRuns() {
    registry.serve(Snapshots.of(42, row("alice", 1001, 0, new IdRange(524_288, 1000))));
    accepts();
  }

  @Test
  void theWindowIsTheNodesOwn() {
    settings("window = 1001062400-1001193471\n");
    refuses(Rule.WINDOW, "zoë", "leaves this node's window, 1001062400 to 1001193471");
    settings("window = 65536-4294967294\n");
    registry.serve(Snapshots.of(42, row("alice", 1001, 0, new IdRange(3_000_000_000L, 65536))));
    accepts();
  }

  @Test
  void refusesARangeWithTheIdOfALocalAccount() {
    node.write("etc/passwd", "root:x:0:0::/:/bin/sh\nsvc:x:1001062500:100::/:/bin/sh\n");
    refuses(Rule.LOCAL_ACCOUNT, "local uid 1001062500: it lies in 1001062400:65536 of alice");
    accepts("--accept", "local-account@42");
    accepts();
  }

  @Test
  void refusesARangeWithTheIdOfALocalGroup() {
    node.write("etc/group", "proj:x:1001193472:\n");
    refuses(Rule.LOCAL_ACCOUNT, "local gid 1001193472");
  }

  @Test
  void refusesARangeWithAPrimaryGidThatNoGroupHas() {
    node.write("etc/passwd", "svc:x:900:1001193472::/:/bin/sh\n");
    refuses(Rule.LOCAL_ACCOUNT, "local gid 1001193472");
  }

  @ParameterizedTest
  @CsvSource({
    "name, alice:x:1500:100::/:/bin/sh, row alice:1001062400:65536",
    "uid, eve:x:1001:100::/:/bin/sh, row 1001:1001062400:65536"
  })
  void refusesARowThatWouldGiveTheRangeToALocalAccount(String owners, String account, String row) {
    node.write("etc/passwd", account + "\n");
    settings("owners = %s\n".formatted(owners));
    refuses(Rule.LOCAL_ACCOUNT, row + ", of the registry's alice, uid 1001,");
    settings("owners = %s\n".formatted(owners.equals("uid") ? "name" : "uid"));
    accepts();
  }

  @Test
  void acceptsALocalAccountOfTheOwner() {
    node.write("etc/passwd", "alice:x:1001:100::/:/bin/sh\n");
    accepts();
    // The plugin compares name and uid.
    node.write("etc/passwd", "alice:x:1500:100::/:/bin/sh\n");
    settings("mode = plugin\n");
    accepts();
  }

  @Test
  void noticesANewLocalAccountAlthoughNothingElseChanged() {
    accepts();
    node.write("etc/passwd", "svc:x:1001062500:100::/:/bin/sh\n");
    refuses(Rule.LOCAL_ACCOUNT, "local uid 1001062500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice:100000:65536", "1001:100000:65536", "01001:100000:65536"})
  void refusesALocalRowOfAnOwnerTheSnapshotHas(String local) {
    node.write("etc/subuid", local + "\n");
    refuses(Rule.LOCAL_ROW, "/etc/subuid, row " + local, "remove the row");
  }

  @Test
  void refusesALocalRowThatOverlaps() {
    node.write("etc/subgid", "admin:1001062399:2\n");
    refuses(Rule.LOCAL_OVERLAP, "it overlaps 1001062400:65536 of alice");
    node.write("etc/subgid", "admin:1001062399:1\n");
    accepts();
  }

  @Test
  void adoptsLocalRowsThatEqualTheRegistrys() {
    accepts();
    String block = node.read("etc/subuid");
    String local = "admin:100000:65536\nalice:1001062400:65536\n1002:1001127936:65536\n";
    node.write("etc/subuid", local + block);
    Run run = node.sync(registry);
    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(
            "warning: local-row: /etc/subuid, row alice:1001062400:65536: the registry gives this owner 1001062400:65536 too; \"cadastre-node sync --adopt\" removes the local row",
            "row 1002:1001127936:65536");
    assertThat(node.read("etc/subuid")).isEqualTo(local + block);
    accepts("--adopt");
    assertThat(node.read("etc/subuid")).isEqualTo("admin:100000:65536\n" + block);
    assertThat(node.sync(registry).out()).endsWith("unchanged\n");
  }

  @Test
  void adoptKeepsARowThatDiffers() {
    node.write("etc/subuid", "alice:1001062400:65535\n");
    assertThat(node.sync(registry, "--adopt").status()).isEqualTo(Rule.LOCAL_ROW.exitStatus());
    assertThat(node.read("etc/subuid")).isEqualTo("alice:1001062400:65535\n");
  }

  @Test
  void singleProjectGidsMayBeGrantedBySetting() {
    node.write("etc/subgid", "alice:5000:1\nadmin:5000:1\n");
    refuses(Rule.LOCAL_ROW, "/etc/subgid, row alice:5000:1");
    settings("single-gid-grants = yes\n");
    accepts();
    assertThat(node.read("etc/subgid")).startsWith("alice:5000:1\nadmin:5000:1\n# BEGIN");
    node.write("etc/subgid", "alice:999:1\n");
    refuses(Rule.LOCAL_ROW, "row alice:999:1");
    node.write("etc/subgid", "alice:1001127936:1\n");
    refuses(Rule.LOCAL_OVERLAP, "of bob");
  }

  @Test
  void refusesADamagedSnapshot() {
    accepts();
    byte[] bytes = Snapshots.of(43, row("alice", 1001)).render();
    bytes[bytes.length - 3] ^= 1;
    registry.serve(bytes, "damaged");
    refuses(Rule.DIGEST, "its rows hash to");
  }

  @Test
  void aTruncatedSnapshotIsDamaged() {
    byte[] bytes = Snapshots.three(42).render();
    registry.serve(
        new String(bytes, StandardCharsets.UTF_8)
            .substring(0, 500)
            .getBytes(StandardCharsets.UTF_8),
        "cut");
    refuses(Rule.DIGEST, "its rows hash to");
  }

  @Test
  void refusesAForgedName() {
    registry.serve(ForgedSnapshot.withName("-alice"), "forged");
    refuses(Rule.NAME, "the name \"-alice\" is refused");
  }

  @Test
  void namesEachBrokenRule() {
    node.write("etc/subuid", "alice:1:1\nbob:2:1\n");
    node.write("etc/passwd", "svc:x:1001062500:100::/:/bin/sh\n");
    refuses(Rule.LOCAL_ROW, "row alice:1:1", "row bob:2:1", "local uid 1001062500");
  }

  @Test
  void aFleetAcceptsByFile() {
    accepts();
    registry.serve(Snapshots.of(41, row("alice", 1001)));
    node.write("etc/cadastre/accept.d/2026-restore", "# restored on Friday\nolder@41\n");
    accepts();
    registry.serve(Snapshots.of(40, row("bob", 1002)));
    refuses(Rule.OLDER, "serial 40"); // the acceptance is for one snapshot
  }

  @Test
  void anAcceptanceWithMistakesIsNamedWithItsLine() {
    node.write("etc/cadastre/accept.d/x", "\nolder\nname@1\nno-such@1\nolder@" + OTHER_LEDGER);
    Run run = node.sync(registry);
    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err())
        .contains(
            "accept.d/x:2: it is not of the form",
            "accept.d/x:3: no acceptance passes the rule name",
            "accept.d/x:4: there is no rule of that name",
            "accept.d/x:5: the rule older is accepted for a serial")
        .doesNotContain("no-such", OTHER_LEDGER.toString());
  }

  @ParameterizedTest
  @EnumSource
  void hasAnExitStatusOfItsOwn(Rule rule) {
    Set<Integer> others = new HashSet<>();
    List.of(Rule.values()).stream().filter(r -> r != rule).forEach(r -> others.add(r.exitStatus()));
    assertThat(others).doesNotContain(rule.exitStatus()).hasSize(Rule.values().length - 1);
    assertThat(Rule.of(rule.word())).contains(rule);
  }
}
