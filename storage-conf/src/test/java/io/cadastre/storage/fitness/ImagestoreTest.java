/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.Engine;
import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key imagestore: images are unpacked there, and it is judged as graphroot is. */
class ImagestoreTest {
  private static final StorageUser ZOE = new StorageUser("zoe", 1000, "/home/zoe");
  private static final String MAIN = "/home/zoe/.config/containers/storage.conf";
  private static final String DROP_IN = MAIN + ".d/10-images.conf";
  private static final String MOUNTS =
      """
      1 0 8:1 / / rw - xfs /dev/sda1 rw
      2 1 8:2 / /scratch rw - lustre mgs:/scratch rw,user_xattr
      3 1 8:3 / /bare rw - lustre mgs:/bare rw
      4 1 8:3 / /sealed rw,noexec - xfs /dev/sdb1 rw
      """;

  private static List<String> findings(String file, String text) {
    return findings(file, text, Map.of());
  }

  private static List<String> findings(String file, String text, Map<String, PathFacts> paths) {
    Optional<List<IdRange>> ranges = Optional.of(List.of(new IdRange(1001062400, 65536)));
    Facts facts =
        new Facts(
            Optional.of(MountTable.parse(MOUNTS)),
            paths,
            ranges,
            ranges,
            Optional.of("6.1.0"),
            Optional.of(true),
            Optional.empty());
    StorageFile main =
        new StorageFile(MAIN, "[storage]\ndriver = \"overlay\"\ngraphroot = \"/home/zoe/g\"\n");
    StorageFiles files =
        file.equals(MAIN)
            ? StorageFiles.of(new StorageFile(MAIN, main.text() + text))
            : StorageFiles.of(main, new StorageFile(file, "[storage]\n" + text));
    return Explanation.of(
            new StorageRequest(
                files, Map.of("HOME", "/home/zoe"), ZOE, Engine.MERGED, facts.support(ZOE)),
            facts)
        .findings()
        .stream()
        .map(
            found ->
                "%s %s %s"
                    .formatted(
                        found.finding().severity().word(),
                        found.finding().rule(),
                        found.finding().message()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, DROP_IN})
  void onANetworkFileSystem(String file) {
    List<String> found = findings(file, "imagestore = \"/scratch/zoe\"\n");
    assertThat(found).hasSize(2);
    assertThat(found.get(0))
        .startsWith("error flag-missing imagestore /scratch/zoe lies on Lustre");
    assertThat(found.get(1))
        .startsWith("warning imagestore-shared imagestore /scratch/zoe lies on Lustre");
  }

  @Test
  void onALocalFileSystem() {
    assertThat(findings(DROP_IN, "imagestore = \"/var/tmp/zoe\"\n")).isEmpty();
  }

  @Test
  void aFlagThatHidesErrors() {
    assertThat(
            findings(
                MAIN,
                """
                imagestore = "/var/tmp/zoe"
                [storage.options.overlay]
                ignore_chown_errors = "true"
                """))
        .singleElement()
        .asString()
        .startsWith("warning flag-hides-errors imagestore /var/tmp/zoe lies on XFS");
  }

  /** The images decide, not the containers. */
  @Test
  void containersOnANetworkFileSystem() {
    List<String> found =
        findings(
            DROP_IN,
            """
            graphroot = "/scratch/zoe"
            imagestore = "/var/tmp/zoe"
            [storage.options.overlay]
            mount_program = "/usr/bin/fuse-overlayfs"
            """);
    assertThat(found).noneMatch(finding -> finding.contains("flag-missing"));
    assertThat(found)
        .anyMatch(finding -> finding.startsWith("warning graphroot-shared graphroot /scratch/zoe"));
  }

  /** Seen with Podman 5.4.2: the lchown of a create fails, with the flag and without. */
  @Test
  void containersOfVfsAreCopiedWithTheirOwners() {
    List<String> found =
        findings(
            DROP_IN,
            "driver = \"vfs\"\ngraphroot = \"/scratch/zoe\"\nimagestore = \"/var/tmp/zoe\"\n");
    assertThat(found).anyMatch(finding -> finding.startsWith("error graphroot-refuses-copies"));
  }

  @Test
  void attributesAreNeededThereToo() {
    assertThat(
            findings(
                MAIN,
                """
                imagestore = "/bare/zoe"
                [storage.options.overlay]
                mount_program = "/usr/bin/fuse-overlayfs"
                force_mask = "700"
                """))
        .anyMatch(
            finding ->
                finding.startsWith("error force-mask-without-xattrs")
                    && finding.contains("/bare/zoe takes none"));
  }

  @Test
  void aFolderThatTheUserMayNotWrite() {
    PathFacts closed =
        new PathFacts(
            "/var/tmp/root",
            Kind.FOLDER,
            Optional.of(true),
            Optional.of(false),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(
            findings(DROP_IN, "imagestore = \"/var/tmp/root\"\n", Map.of("/var/tmp/root", closed)))
        .singleElement()
        .asString()
        .startsWith("error not-writable the user may not write to imagestore /var/tmp/root");
  }

  /** Programs are run from graphroot: the driver vfs copies them there, overlay mounts there. */
  @Test
  void programsAreNotRunInIt() {
    assertThat(findings(DROP_IN, "imagestore = \"/sealed/zoe\"\n")).isEmpty();
  }
}
