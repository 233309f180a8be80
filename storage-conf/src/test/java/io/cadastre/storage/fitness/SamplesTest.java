/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.Engine;
import io.cadastre.storage.IgnoreChownErrors;
import io.cadastre.storage.Release;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The samples of config/storage have no warning and no error on the nodes and in the places that
 * they are for, in every edition of the rules; of the rest only that vfs is slow.
 */
class SamplesTest {
  private static final String NAMED = "/etc/containers/storage-hpc.conf";
  private static final String USER = "/home/zoe/.config/containers/storage.conf";
  private static final String SYSTEM = "/etc/containers/storage.conf";
  private static final List<IdRange> RANGES = List.of(new IdRange(1_001_062_400, 65_536));

  private static Explanation explained(Engine engine, String sample, String path, String mounts)
      throws IOException {
    Facts facts =
        new Facts(
            Optional.of(MountTable.parse(resource(mounts + ".mountinfo"))),
            Map.of(),
            Optional.of(RANGES),
            Optional.of(RANGES),
            Optional.of("6.1.0-18-amd64"),
            Optional.of(true),
            Optional.empty());
    Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/zoe"));
    if (path.equals(NAMED)) {
      environment.put("CONTAINERS_STORAGE_CONF", NAMED);
    }
    return Explanation.of(
        new StorageRequest(
            StorageFiles.of(
                new StorageFile(
                    path, Files.readString(Path.of("../config/storage", sample + ".conf")))),
            environment,
            new StorageUser("zoe", 1000, "/home/zoe"),
            engine,
            facts.support(new StorageUser("zoe", 1000, "/home/zoe"))),
        facts);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SamplesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void requireNoFindings(Explanation explanation) {
    assertThat(explanation.judgement().refused()).isFalse();
    assertThat(explanation.findings()).isEmpty();
  }

  /** Each sample where it is meant to be, and the file systems of the nodes that it is for. */
  static Stream<Arguments> everyPlace() {
    return Arrays.stream(Release.values())
        .map(Release::engine)
        .flatMap(
            engine ->
                Stream.of(
                        "lustre-site " + NAMED + " lustre,gpfs,nfs,cephfs",
                        "vfs-shared " + USER + " lustre,gpfs,nfs,cephfs",
                        "local-disk " + USER + " ext4,xfs,tmpfs",
                        "local-disk " + SYSTEM + " ext4,xfs,tmpfs")
                    .map(line -> line.split(" ", -1))
                    .flatMap(
                        words ->
                            Arrays.stream(words[2].split(",", -1))
                                .map(mounts -> Arguments.of(engine, words[0], words[1], mounts))));
  }

  @ParameterizedTest
  @MethodSource("everyPlace")
  void noSampleDrawsAWarning(Engine engine, String sample, String path, String mounts)
      throws IOException {
    Explanation explanation = explained(engine, sample, path, mounts);

    assertThat(explanation.judgement().refused()).isFalse();
    assertThat(explanation.findings())
        .filteredOn(found -> found.finding().severity() != Severity.INFO)
        .isEmpty();
    if (!sample.equals("vfs-shared")) {
      requireNoFindings(explanation);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lustreSiteKeepsImagesOnTheNodeAndReadsTheSites(Release release) throws IOException {
    Engine engine = release.engine();
    Explanation explanation = explained(engine, "lustre-site", NAMED, "lustre");

    requireNoFindings(explanation);
    assertThat(explanation.judgement().effective())
        .hasValueSatisfying(
            effective -> {
              assertThat(effective.driver().value()).isEqualTo("overlay");
              assertThat(effective.additionalImageStores()).hasSize(1);
              assertThat(effective.ignoreChownErrors().value()).isFalse();
              assertThat(effective.graphroot().value()).isEqualTo("/tmp/containers-1000");
            });
  }

  @ParameterizedTest
  @EnumSource
  void vfsOnASharedFileSystemIgnoresChownErrors(Release release) throws IOException {
    Engine engine = release.engine();
    Explanation explanation = explained(engine, "vfs-shared", USER, "lustre");

    assertThat(explanation.findings().stream().map(found -> found.rule()))
        .containsExactly(StorageRule.GRAPHROOT_SHARED, StorageRule.VFS_COPIES);
    assertThat(explanation.judgement().effective().orElseThrow().ignoreChownErrors())
        .extracting(IgnoreChownErrors::value, IgnoreChownErrors::option)
        .containsExactly(true, Optional.of("vfs.ignore_chown_errors"));
  }

  @ParameterizedTest
  @EnumSource
  void localDisksNeedNothingIgnored(Release release) throws IOException {
    Engine engine = release.engine();
    Explanation explanation = explained(engine, "local-disk", SYSTEM, "ext4");

    requireNoFindings(explanation);
    assertThat(explanation.judgement().effective().orElseThrow().ignoreChownErrors().value())
        .isFalse();
  }
}
