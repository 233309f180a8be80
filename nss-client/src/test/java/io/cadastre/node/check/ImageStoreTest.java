/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N19;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.node.check.CheckedTree.Outcome;
import io.cadastre.storage.Engine;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.Facts;
import io.cadastre.storage.fitness.FactsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Review F8 (podman#7879) and F14: the sample storage.conf of a site on Lustre, with an image store
 * that root filled. This test runs as root.
 */
@Tag("slow")
class ImageStoreTest {
  private static final String STORE = "scratch/images";
  private static final String LAYERS = STORE + "/overlay";
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
    for (String part : List.of("images", "layers")) {
      tree.node.write(STORE + "/overlay-" + part + "/" + part + ".lock", "");
      tree.node.write(STORE + "/overlay-" + part + "/" + part + ".json", "[]");
    }
  }

  private void mode(String path, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        tree.node.path(STORE + path), PosixFilePermissions.fromString(permissions));
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
        .contains("/scratch/images (/scratch/images/overlay) belongs to uid 0")
        .contains("requested 65534:65534", "65536")
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
    mode("", "rwx------");
    assertThat(tree.check(N19).text())
        .contains("zoe may not search the folder /scratch/images")
        .contains("chmod -R a+rX /scratch/images");
  }

  @ParameterizedTest
  @CsvSource({
    "/overlay-images, rwx------, /overlay-images/images.lock",
    "/overlay-images/images.lock, rw-------, /overlay-images/images.lock",
    "/overlay-images/images.json, rw-------, /overlay-images/images.json",
    "/overlay-layers, rwx------, /overlay-layers/layers.lock",
    "/overlay-layers/layers.json, rw-------, /overlay-layers/layers.json"
  })
  void aFileThatPodmanCannotOpenIsNamed(String closed, String permissions, String named)
      throws IOException {
    mode(closed, permissions);
    Outcome outcome = tree.check(N19);
    assertThat(outcome.verdict()).isEqualTo("fail");
    assertThat(outcome.text())
        .contains("/scratch/images" + named + " cannot be opened by zoe: permission denied");
  }

  @Test
  void anEmptyFolderFails() throws IOException {
    empty();
    Outcome outcome = tree.check(N19);
    assertThat(outcome.verdict()).isEqualTo("fail");
    assertThat(outcome.text())
        .contains("/scratch/images/overlay-images/images.lock does not exist");
  }

  @Test
  void anEmptyFolderOfTheUserIsAnEmptyStore() throws IOException {
    empty();
    Files.setAttribute(tree.node.path(STORE), "unix:uid", 4242);
    assertThat(tree.check(N19).verdict()).isEqualTo("pass");
  }

  @Test
  void anotherDriverFilledIt() throws IOException {
    empty();
    Files.createDirectories(tree.node.path(STORE + "/vfs-images"));
    assertThat(tree.check(N19).text()).contains("was filled by driver vfs");
  }

  private void empty() throws IOException {
    for (String part : List.of("images", "layers")) {
      Files.delete(tree.node.path(STORE + "/overlay-" + part + "/" + part + ".lock"));
      Files.delete(tree.node.path(STORE + "/overlay-" + part + "/" + part + ".json"));
      Files.delete(tree.node.path(STORE + "/overlay-" + part));
    }
    Files.delete(tree.node.path(LAYERS));
  }

  /** One layer of several is of another owner. */
  @Test
  void everyOwnerOfALayerCounts() throws IOException {
    tree.rows("");
    owner(4242, 4242);
    for (String layer : List.of("/a", "/b", "/c")) {
      Files.createDirectories(tree.node.path(LAYERS + layer));
      Files.setAttribute(tree.node.path(LAYERS + layer), "unix:uid", 4242);
      Files.setAttribute(tree.node.path(LAYERS + layer), "unix:gid", 4242);
    }
    assertThat(tree.check(N19).verdict()).isEqualTo("pass");
    Files.setAttribute(tree.node.path(LAYERS + "/b"), "unix:uid", 0);
    assertThat(tree.check(N19).text()).contains("/scratch/images/overlay/b) belongs to uid 0");
  }

  @Test
  void storageConfExplainsTheSame() {
    tree.rows("zoe:1101004800:16384\n");
    assertThat(tree.node.run("storage-conf", "--explain", "--user", "zoe").out())
        .contains("zoe's subuids end at container ID 16384");
  }

  /** A drop-in sets it; images are unpacked there. */
  @Test
  void imagestoreIsInspectedAsGraphroot() {
    tree.node.write(
        "home/zoe/.config/containers/storage.conf.d/10-images.conf",
        "[storage]\nimagestore = \"/scratch/zoe\"\n");
    assertThat(
            tree.node.run("storage-conf", "--explain", "--engine", "merged", "--user", "zoe").out())
        .contains("the user may not write to imagestore /scratch/zoe")
        .contains("imagestore /scratch/zoe lies on Lustre: shared");
  }

  /** The service judges by the facts that check --json prints. */
  @Test
  void theFactsOfTheNodeAreEnough() throws IOException {
    tree.rows("zoe:1101004800:16384\n");
    Map<?, ?> report =
        new ObjectMapper()
            .readValue(
                tree.node.run("check", "--json", "--user", "zoe").out(), LinkedHashMap.class);
    Map<?, ?> user = (Map<?, ?>) ((List<?>) report.get("users")).get(0);
    Facts facts = FactsTree.read((Map<?, ?>) user.get("facts"));
    StorageUser zoe = new StorageUser("zoe", 4242, "/home/zoe");
    Explanation explained =
        Explanation.of(
            new StorageRequest(
                StorageFiles.of(
                    new StorageFile(
                        "/home/zoe/.config/containers/storage.conf",
                        Files.readString(
                            tree.node.path("home/zoe/.config/containers/storage.conf")))),
                Map.of("HOME", "/home/zoe"),
                zoe,
                Engine.LEGACY,
                facts.support(zoe)),
            facts);
    assertThat(explained.findings())
        .extracting(found -> found.finding().rule())
        .contains("image-store-unmapped");
  }
}
