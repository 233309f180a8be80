/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N06;
import static io.cadastre.node.check.NodeCheck.N07;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.check.CheckedTree.Outcome;
import io.cadastre.subid.IdRange;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N06 and N07 foretell what Podman and newuidmap do with the rows of one user. */
@Tag("slow")
class UserRangesTest {
  private CheckedTree tree;

  @BeforeEach
  void tree(@TempDir Path root) {
    tree = new CheckedTree(root);
  }

  private void fails(String... texts) {
    Outcome outcome = tree.check(N06);
    assertThat(outcome.verdict()).as(outcome.text()).isEqualTo("fail");
    assertThat(outcome.text()).contains(texts);
  }

  private void passes() {
    Outcome outcome = tree.check(N06);
    assertThat(outcome.verdict()).as(outcome.text()).isEqualTo("pass");
  }

  /** Review F5 and F23: Podman says "includes the user UID". */
  @Test
  void theUsersOwnUidInTheRangeFails() {
    tree.rows("admin:100000:65536\nzoe:4200:65536\n", "zoe:1101004800:65536\n");
    fails(
        "subuid 4242, of the range 4200:65536, is zoe's own uid",
        "Edit line 2 of /etc/subuid (zoe:4200:65536)");
    assertThat(tree.check(N06).text()).doesNotContain("cadastre-node sync");
  }

  @Test
  void theUsersOwnGidInTheRangeFails() {
    tree.rows("zoe:1101004800:65536\n", "zoe:4242:65536\n");
    fails("subgid 4242", "is zoe's own gid", "line 1 of /etc/subgid");
  }

  @Test
  void anotherAccountsUidInALocalRangeFails() {
    tree.rows("zoe:999:65536\n", "zoe:1101004800:65536\n");
    fails("subuid 4242", "own");
    tree.rows("zoe:500:1000\nzoe:1101004800:65536\n", "zoe:1101004800:65536\n");
    fails("subuid 1000, of the range 500:1000, is the uid of admin", "line 1 of /etc/subuid");
  }

  /** A range of the registry is not edited in the file. */
  @Test
  void aRealIdInARangeOfTheRegistryIsRepairedThere() {
    tree.rows("", "");
    tree.node.write("etc/passwd", CheckedTree.ZOE);
    sync("zoe", 4242);
    passes();
    tree.node.write("etc/passwd", CheckedTree.ZOE.replace("4242", "1101004801"));
    fails("is zoe's own uid", "cadastre supersede zoe --reason WHY");
  }

  /** Review F18: newuidmap says "subuid overflow detected", whatever the count would be cut to. */
  @Test
  void aRangeBeyondTheLastIdFails() {
    tree.rows("zoe:327680:4294836224\n");
    fails(
        "line 1 of /etc/subuid (zoe:327680:4294836224) goes beyond 4294967294",
        "subuid overflow detected",
        "Lower the count");
    assertThat(tree.check(N06).text()).doesNotContain("fewer", "4294639615");
  }

  /** The plugin cuts the range at the last ID, and newuidmap then maps it. */
  @Test
  void besideThePluginARangeBeyondTheLastIdPasses() {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    tree.node.write("etc/cadastre/node.conf", "mode = plugin\n");
    tree.rows("zoe:327680:4294836224\n");
    passes();
  }

  /** The plugin answers newuidmap only if the caller has the uid of the row. */
  @Test
  void anotherUidThanTheRegistrysFailsBesideThePlugin() {
    tree.node.write("etc/nsswitch.conf", "subid: cadastre\n");
    tree.node.write("etc/cadastre/node.conf", "mode = plugin\n");
    tree.rows("");
    sync("zoe", 4343);
    fails("the registry has zoe, uid 4343, and this node zoe, uid 4242", "N26");
  }

  @Test
  void anotherNameThanTheRegistrysIsNamed() {
    tree.rows("");
    sync("Zoe", 4242);
    fails("zoe has no subuid range, but the registry has", "of Zoe, uid 4242", "N28");
  }

  @Test
  void aHeldRowOfTheRegistryIsNotAllocatedAgain() {
    tree.rows("other:1101004800:10\n");
    sync("zoe", 4242);
    fails(
        "this node holds its row back",
        "local-overlap: /etc/subuid, row other:1101004800:10: it overlaps",
        "Remove the row (line 1 of /etc/subuid (other:1101004800:10)).",
        "Then run \"cadastre-node sync\".");
    assertThat(tree.check(N06).text()).doesNotContain("PUT", "N08");
  }

  /** A line that is no row stands above, and another owner's row is held as well. */
  @Test
  void theUsersOwnHoldIsPrinted() {
    tree.rows("junk\nalice:300000:65536\nother:1101004800:10\n", "");
    try (TestRegistry registry =
        TestRegistry.serving(
            Snapshots.of(
                1,
                Snapshots.row("alice", 1001),
                Snapshots.row("another", 4000, 2, new IdRange(1500000000L, 65536)),
                Snapshots.row("zoe", 4242, 1, new IdRange(1101004800L, 65536))))) {
      assertThat(tree.node.sync(registry).status()).isZero();
    }
    fails("(line 3 of /etc/subuid (other:1101004800:10))");
    assertThat(tree.check(N06).text()).doesNotContain("alice");
  }

  @Test
  void aHoldWithoutItsReasonNeedsASync() {
    tree.rows("other:1101004800:10\n");
    sync("zoe", 4242);
    tree.rows("");
    fails("this node holds its row back", "Run \"cadastre-node sync\".");
  }

  private void sync(String name, long uid) {
    syncRange(name, uid, 1101004800L);
  }

  private void syncRange(String name, long uid, long start) {
    try (TestRegistry registry =
        TestRegistry.serving(
            Snapshots.of(
                1,
                Snapshots.row("another", 4000, 0, new IdRange(1500000000L, 65536)),
                Snapshots.row(name, uid, 1, new IdRange(start, 65536))))) {
      assertThat(tree.node.sync(registry).status()).isZero();
    }
  }

  /** Review F6: it ends at 4294836223. */
  @Test
  void theHighestRangeThatFitsPasses() {
    tree.rows("4242:4294770688:65536\n");
    passes();
    tree.rows("zoe:4294901759:65536\n");
    passes();
    tree.rows("zoe:4294901760:65536\n");
    fails("goes beyond");
  }

  /** Review F17: Podman maps such a gid, and has to, for the files of the project. */
  @Test
  void aSingleGidIsAGrant() {
    tree.rows("zoe:1101004800:65536\n", "zoe:1101004800:65536\nzoe:5005:1\n");
    passes();
    assertThat(tree.check(N07))
        .isEqualTo(
            new Outcome(
                "pass",
                "subuids and subgids are the same numbers; single gids are granted: [5005]\n"));
    tree.rows("zoe:1101004800:65536\n", "zoe:1101004800:65536\nzoe:5000:10\n");
    fails("subgid 5005", "line 2 of /etc/subgid (zoe:5000:10)");
    tree.rows("zoe:1101004800:65536\n", "zoe:5005:1\n");
    fails("0 subgids are fewer than 65536", "Allocate one (PUT /v1/owners/zoe)");
    assertThat(tree.check(N06).text()).doesNotContain("raise the count");
    tree.rows("zoe:1101004800:65536\n", "zoe:5005:1\nzoe:1101004800:10\n");
    fails("10 subgids are fewer than 65536", "Edit line 2 of /etc/subgid (zoe:1101004800:10)");
  }

  /** The limit of 1000 is the plugin's (decision 0043), not shadow's. */
  @Test
  void aSystemGroupMayBeGrantedInFilesMode() {
    tree.node.write("etc/group", "root:x:0:\nvideo:x:44:\nzoe:x:4242:\n");
    tree.rows("zoe:1101004800:65536\n", "zoe:1101004800:65536\nzoe:44:1\n");
    passes();
    assertThat(tree.check(N07).text()).contains("single gids are granted: [44]");
    tree.rows("zoe:1101004800:65536\n", "zoe:1101004800:65536\nzoe:0:1\n");
    fails("subgid 0, of the range 0:1, is the gid of a group");
  }

  /** uids and gids are numbers of different kinds. */
  @Test
  void theUidOfAnOwnerMayBeInASubgidRange() {
    tree.rows("zoe:1101004800:65536\n", "zoe:200000:65536\n");
    syncRange("bob", 200001, 1001062400L);
    passes();
    tree.rows("zoe:200000:65536\n", "zoe:1101004800:65536\n");
    fails("subuid 200001, of the range 200000:65536, is the uid of bob");
  }

  /** Podman passes both to newuidmap, which says "write to uid_map failed: Invalid argument". */
  @Test
  void rangesOfOneUserThatOverlapFail() {
    tree.rows("zoe:1101004800:65536\nzoe:1101004800:65536\n", "zoe:1101004800:65536\n");
    fails("1101004800:65536 and 1101004800:65536 overlap", "Invalid argument", "of /etc/subuid");
  }

  @Test
  void severalRangesPassInAnyOrder() {
    tree.rows("zoe:524288:65536\nzoe:100000:1000\n", "zoe:100000:1000\nzoe:524288:65536\n");
    passes();
    assertThat(tree.check(N07).verdict()).isEqualTo("pass");
  }

  /** Review F20: apptainer#1148 has a login of digits only. */
  @Test
  void aUserIsFoundByNameAndElseByUid() {
    tree.node.write(
        "etc/passwd",
        "80025037:x:1234:1234::/home/d:/bin/sh\nother:x:80025037:80025037::/:/bin/sh\n"
            + CheckedTree.ZOE);
    tree.rows("80025037:871170000:65536\nzoe:1101004800:65536\n");
    assertThat(tree.check("4242").get("N06").verdict()).isEqualTo("pass");
    Outcome digits = tree.check("80025037").get("N06");
    assertThat(digits.text()).contains("80025037 has subuid 871170000:65536");
    assertThat(tree.check("other").get("N06").text()).contains("871170000:65536");
    assertThat(tree.node.run("check", "--user", "77").err()).contains("has this name or uid");
  }

  @Test
  void allUsersIncludesThoseOfRowsByUid() {
    tree.rows("4242:1101004800:65536\n");
    assertThat(tree.node.run("check", "--all-users").out()).contains("N06 pass           zoe: ");
  }
}
