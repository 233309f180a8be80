/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N19;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.check.CheckedTree.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Review F8 (podman#7879): the sample storage.conf of a site on Lustre, with an image store that
 * root filled. This test runs as root.
 */
class ImageStoreOwnerTest {
  private static final String LAYERS = "scratch/images/overlay";
  private CheckedTree tree;

  @BeforeEach
  void tree(@TempDir Path root) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    tree = new CheckedTree(root);
    tree.node.write(
        "home/zoe/.config/containers/storage.conf",
        Files.readString(
            Path.of(System.getProperty("cadastre.root"), "config/storage/lustre-site.conf")));
    tree.node.write(
        "proc/self/mountinfo",
        """
        22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
        23 22 0:40 / /scratch rw,nosuid - lustre mgs@tcp:/scratch rw,flock
        24 22 0:41 / /tmp rw,nosuid - xfs /dev/nvme0n1 rw
        """);
    tree.node.write("usr/bin/fuse-overlayfs", "");
    Files.setPosixFilePermissions(
        tree.node.path("usr/bin/fuse-overlayfs"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(tree.node.path(LAYERS));
  }

  private void owner(long uid, long gid) throws IOException {
    Files.setAttribute(tree.node.path(LAYERS), "unix:uid", (int) uid);
    Files.setAttribute(tree.node.path(LAYERS), "unix:gid", (int) gid);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2048, 16384, 65533})
  void aRangeThatDoesNotReachTheUnmappedIdFails(int count) {
    tree.rows(count == 0 ? "" : "zoe:1101004800:%d\n".formatted(count));
    Outcome outcome = tree.check(N19);
    assertThat(outcome.verdict()).as(outcome.text()).isEqualTo("fail");
    assertThat(outcome.text())
        .contains("/scratch/images belongs to uid 0", "requested 65534:65534", "65536")
        .contains(count == 0 ? "zoe has no subuids" : "end at container ID " + count);
  }

  @ParameterizedTest
  @ValueSource(ints = {65534, 65536, 131072})
  void aRangeThatReachesItPasses(int count) {
    tree.rows("zoe:1101004800:%d\n".formatted(count));
    assertThat(tree.check(N19).verdict()).isEqualTo("pass");
  }

  @Test
  void rangesAreMappedOneAfterTheOther() {
    tree.rows("zoe:1101004800:32768\nzoe:1201004800:32768\n");
    assertThat(tree.check(N19).verdict()).isEqualTo("pass");
  }

  @Test
  void theGidsCountToo() {
    tree.rows("zoe:1101004800:65536\n", "zoe:1101004800:2048\n");
    assertThat(tree.check(N19).text())
        .contains("belongs to gid 0", "subgids end at container ID 2048");
  }

  /** An owner that is mapped: the user, or one of the user's subordinate IDs. */
  @ParameterizedTest
  @CsvSource({"4242,4242,pass", "4242,0,fail", "1101004801,1101004801,pass", "4243,4242,fail"})
  void aMappedOwnerNeedsNoMore(long uid, long gid, String verdict) throws IOException {
    owner(uid, gid);
    tree.rows("zoe:1101004800:2048\n");
    assertThat(tree.check(N19).verdict()).isEqualTo(verdict);
  }

  @Test
  void anUnreadableStoreIsNamedFirst() throws IOException {
    tree.rows("");
    Files.setPosixFilePermissions(
        tree.node.path("scratch/images"), PosixFilePermissions.fromString("rwx------"));
    assertThat(tree.check(N19).text()).contains("may not read").doesNotContain("65534");
  }
}
