/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.Release;
import io.cadastre.storage.fitness.PathFacts.Owner;
import io.cadastre.subid.IdRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Review F8 and F14: additional image stores, judged from facts. The test image-stores compares the
 * same states with Podman.
 */
class ImageStoreRulesTest {
  private static final String STORE = "/scratch/images";
  private static final String LAYER = STORE + "/overlay/cb69";
  private static final Owner ROOT = new Owner(0, 0, false);

  private final Map<String, PathFacts> paths = new LinkedHashMap<>();
  private Release release = Release.V4_3;
  private String mounts = "1 0 8:1 / / rw - xfs /dev/sda1 rw\n";
  private Optional<List<IdRange>> ranges = Optional.of(List.of(new IdRange(1001062400, 65536)));

  ImageStoreRulesTest() {
    Stream.of("/scratch", STORE, STORE + "/overlay", LAYER).forEach(path -> folder(path, true));
    for (String part : List.of("images", "layers")) {
      folder(STORE + "/overlay-" + part, true);
      file(STORE + "/overlay-" + part + "/" + part + ".lock", Kind.FILE, true, false);
      file(STORE + "/overlay-" + part + "/" + part + ".json", Kind.FILE, true, false);
    }
    owner(LAYER, ROOT);
  }

  private void folder(String path, boolean open) {
    paths.put(path, facts(path, Kind.FOLDER, open, false, open));
  }

  private void file(String path, Kind kind, boolean read, boolean write) {
    paths.put(path, facts(path, kind, read, write, kind == Kind.MISSING));
  }

  private void owner(String path, Owner owner) {
    paths.computeIfPresent(path, (p, known) -> known.ownedBy(Optional.of(owner)));
  }

  private static PathFacts facts(String path, Kind kind, boolean read, boolean write, boolean x) {
    return new PathFacts(
        path,
        kind,
        Optional.of(read),
        Optional.of(write),
        Optional.of(x),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<StorageFinding> findings(String driver) {
    Facts facts =
        new Facts(
            Optional.of(MountTable.parse(mounts)),
            paths,
            ranges,
            ranges,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(1000L),
            Map.of());
    return new Arrangement()
        .by(release).driver(driver).imageStore(STORE).findings(facts).stream()
            .filter(found -> found.rule().area() == StorageRule.Area.IMAGE_STORES)
            .toList();
  }

  private void findsNothing() {
    assertThat(findings("overlay")).isEmpty();
  }

  private void finds(String rule, String... words) {
    assertThat(findings("overlay"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.finding().severity().word() + " " + found.finding().rule())
                  .isEqualTo(rule);
              assertThat(found.finding().message() + " " + found.finding().remedy())
                  .contains(words);
            });
  }

  @Test
  void aStoreThatPodmanCanOpenHasNoFinding() {
    findsNothing();
  }

  @Test
  void unexaminedFilesAreUnknown() {
    paths.keySet().retainAll(List.of(STORE));
    findsNothing();
  }

  @ParameterizedTest
  @CsvSource({
    "overlay-images/images.lock, every Podman call fails",
    "overlay-images/images.json, every Podman call fails",
    "overlay-layers/layers.lock, podman images and podman create fail",
    "overlay-layers/layers.json, podman images and podman create fail",
    "overlay-images/aae7/manifest, no container can use this image"
  })
  void aFileThatTheUserMayNotReadIsNamed(String file, String effect) {
    file(STORE + "/" + file, Kind.FILE, false, false);
    finds(
        "error image-store-unreadable",
        STORE + "/" + file + " cannot be opened by zoe: permission denied: " + effect,
        "chmod -R a+rX /scratch/images");
  }

  /** The user who asks does not see the kind of a file in a closed folder. */
  @Test
  void aFileInAFolderThatTheUserMayNotSearchIsNamed() {
    paths.put(
        STORE + "/overlay-images/images.lock",
        facts(STORE + "/overlay-images", Kind.UNKNOWN, true, false, false));
    finds("error image-store-unreadable", "overlay-images/images.lock cannot be opened by zoe");
  }

  @Test
  void aLayerThatTheUserMayNotEnterIsNamed() {
    folder(LAYER, false);
    finds("error image-store-unreadable", LAYER + " cannot be opened by zoe");
  }

  @Test
  void theFirstClosedFolderOnTheWayIsNamed() {
    folder("/scratch", false);
    folder(STORE, false);
    finds(
        "error image-store-unreadable", "zoe may not search the folder /scratch:", "a+x /scratch");
    folder("/scratch", true);
    finds("error image-store-unreadable", "may not search the folder /scratch/images", "chmod -R");
  }

  @Test
  void theFoldersBehindALinkCountToo() {
    folder("/lustre", true);
    folder("/lustre/site", false);
    paths.put(STORE, facts("/lustre/site/images", Kind.FOLDER, false, false, false));
    finds("error image-store-unreadable", "folder /lustre/site:", "chmod a+x /lustre/site");
  }

  private void empty(boolean write) {
    Stream.of("images/images", "layers/layers")
        .forEach(
            part -> {
              file(STORE + "/overlay-" + part + ".lock", Kind.MISSING, true, write);
              file(STORE + "/overlay-" + part + ".json", Kind.MISSING, true, write);
            });
  }

  @Test
  void anEmptyStoreThatTheUserCannotFillFails() {
    empty(false);
    finds(
        "error image-store-not-filled",
        "/scratch/images is empty: /scratch/images/overlay-images/images.lock does not exist",
        "every Podman call fails",
        "\"podman --root /scratch/images --storage-driver overlay info\"");
  }

  @Test
  void podmanFillsAnEmptyStoreOfTheUser() {
    empty(true);
    findsNothing();
  }

  @Test
  void nobodyFillsAReadOnlyStore() {
    empty(true);
    mounts += "2 1 8:2 / /scratch/images ro - xfs /dev/sdb1 rw\n";
    finds("error image-store-not-filled", "read-only file system: every Podman call fails");
    release = Release.V4_9;
    finds("error image-store-not-filled", "read-only file system: every Podman call fails");
    release = Release.V5_0;
    finds("error image-store-not-filled", "read-only file system: podman images and podman create");
  }

  @ParameterizedTest
  @CsvSource({"false, error", "true, warning"})
  void aStoreOfAnotherDriverIsNamed(boolean write, String severity) {
    empty(write);
    folder(STORE + "/vfs-images", true);
    finds(
        severity + " image-store-not-filled",
        "was filled by driver vfs, and the driver in force is overlay",
        "podman --root /scratch/images-overlay --storage-driver overlay info");
  }

  @Test
  void aStoreWithoutLayersFails() {
    file(STORE + "/overlay-layers/layers.lock", Kind.MISSING, true, false);
    finds("error image-store-not-filled", "layers.lock does not exist", "podman images");
  }

  @Test
  void vfsCreatesAMissingStore() {
    file(STORE, Kind.MISSING, true, true);
    assertThat(findings("overlay")).singleElement().extracting(this::word).isEqualTo("error");
    assertThat(findings("vfs")).singleElement().extracting(this::word).isEqualTo("warning");
    file(STORE, Kind.MISSING, true, false);
    assertThat(findings("vfs")).singleElement().extracting(this::word).isEqualTo("error");
  }

  private String word(StorageFinding found) {
    return found.finding().severity().word();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2048, 16384, 65533})
  void anOwnerWithoutAMappingNeedsMoreIds(long count) {
    ranges = Optional.of(count == 0 ? List.of() : List.of(new IdRange(1001062400, count)));
    finds(
        "error image-store-unmapped",
        "/scratch/images (/scratch/images/overlay/cb69) belongs to uid 0, which is not mapped",
        count == 0 ? "zoe has no subuids" : "zoe's subuids end at container ID " + count,
        "\"requested 65534:65534\"",
        "zoe needs 65536 subuids and subgids");
  }

  @ParameterizedTest
  @ValueSource(longs = {65534, 65535, 65536})
  void theseReachTheIdOfAnUnmappedOwner(long count) {
    ranges = Optional.of(List.of(new IdRange(1001062400, count)));
    findsNothing();
  }

  /** An attribute of force_mask makes root of the container the owner. */
  @Test
  void anOwnerInAnAttributeCountsSince52() {
    ranges = Optional.of(List.of());
    owner(LAYER, new Owner(0, 0, true));
    release = Release.V5_1;
    finds("error image-store-unmapped", "belongs to uid 0");
    release = Release.V5_2;
    findsNothing();
  }

  @Test
  void anotherGroupIsEnough() {
    ranges = Optional.of(List.of());
    owner(LAYER, new Owner(1000, 0, false));
    finds("error image-store-unmapped", "belongs to gid 0", "\"requested ...:65534\"");
    owner(LAYER, new Owner(1000, 1000, false));
    findsNothing();
  }

  @Test
  void withoutRangesTheOwnerIsNotJudged() {
    ranges = Optional.empty();
    finds("info image-store-unjudged", "the ranges of zoe are not known");
    owner(LAYER, new Owner(1000, 1000, false));
    findsNothing();
  }

  @Test
  void aStoreThatTheUserFillsMayBeWritable() {
    paths.put(STORE, facts(STORE, Kind.FOLDER, true, true, true));
    finds("warning image-store-writable", "may write to the image store");
    owner(STORE, new Owner(1000, 1000, false));
    findsNothing();
  }
}
