/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static io.cadastre.storage.fitness.UpgradeScene.NAMED;
import static io.cadastre.storage.fitness.UpgradeScene.ROOT;
import static io.cadastre.storage.fitness.UpgradeScene.STORE;
import static io.cadastre.storage.fitness.UpgradeScene.SYSTEM;
import static io.cadastre.storage.fitness.UpgradeScene.USER;
import static io.cadastre.storage.fitness.UpgradeScene.VENDOR;
import static io.cadastre.storage.fitness.UpgradeScene.ZOE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.Setting;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Review F27, podman#29167: root's paths in /etc/containers/storage.conf under Podman 6. */
class SharedPathsTest {
  private static final String PATHS = "graphroot = \"/srv/root\"\nrunroot = \"/run/root\"\n";
  private static final String SITE =
      "[storage]\ndriver = \"overlay\"\n%s[storage.options.overlay]\nmountopt = \"nodev\"\n";

  private static List<StorageFinding> found(UpgradeScene scene, String engine, Facts facts) {
    return Explanation.of(scene.request(engine, ZOE), facts).findings().stream()
        .filter(finding -> finding.rule() == StorageRule.ROOTS_PATHS)
        .toList();
  }

  private static UpgradeScene site(String paths) {
    return UpgradeScene.of(SYSTEM, SITE.formatted(paths));
  }

  private static String paths(UpgradeScene scene, String engine, StorageUser user) {
    EffectiveStorage effective = scene.effective(engine, user);
    Setting graphroot = effective.graphroot();
    return graphroot.value() + " " + effective.runroot().value();
  }

  @Test
  void theFindingHasTheSplit() {
    StorageFinding finding = found(site(PATHS), "6.0", Facts.NONE).get(0);
    assertThat(finding.finding().severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.finding().message())
        .startsWith("graphroot /srv/root and runroot /run/root: the same for root and all users");
    assertThat(finding.place()).hasToString("Optional[%s:3]".formatted(SYSTEM));
    assertThat(finding.instead())
        .hasValue(
            """
            # /etc/containers/storage.rootful.conf.d/10-root-paths.conf
            [storage]
            graphroot = "/srv/root"
            runroot = "/run/root"\
            """);
  }

  /** Moved lines: root keeps its paths, and users get their own, with every library since 6.0. */
  @ParameterizedTest
  @ValueSource(strings = {"6.0", "6.1", "5.8.6+ds1-3"})
  void theSplitServesRootAndUsers(String engine) {
    String split = found(site(PATHS), engine, Facts.NONE).get(0).instead().orElseThrow();
    UpgradeScene moved = site("").written(split);

    assertThat(paths(moved, engine, ROOT)).isEqualTo("/srv/root /run/root");
    assertThat(paths(moved, engine, ZOE)).isEqualTo(STORE + " /run/user/4242/containers");
    assertThat(found(moved, engine, Facts.NONE)).isEmpty();
    assertThat(moved.effective(engine, ZOE).options()).hasSize(1);
  }

  /** An older Podman reads no drop-in: it would refuse root, or take another graphroot. */
  @Test
  void theSplitIsNotForOlderPodmans() {
    UpgradeScene moved =
        site("").written(found(site(PATHS), "6.0", Facts.NONE).get(0).instead().orElseThrow());
    assertThat(moved.judged("4.3", ROOT).refused()).isTrue();
    assertThat(moved.judged("5.4", ROOT).refused()).isTrue();
    assertThat(paths(moved, "5.6", ROOT))
        .isEqualTo("/var/lib/containers/storage /run/containers/storage");
  }

  /** The users' drop-in serves a site with both. */
  @ParameterizedTest
  @ValueSource(strings = {"4.3", "5.4", "5.8", "5.8.6+ds1-3", "6.0", "6.1"})
  void theUsersDropInServesEveryEdition(String engine) {
    assertThat(found(site(PATHS), "6.0", Facts.NONE).get(0).finding().remedy())
        .contains("set the keys to \"\" in " + SystemFiles.USERS);
    UpgradeScene both =
        site(PATHS).file(SystemFiles.USERS, "[storage]\ngraphroot = \"\"\nrunroot = \"\"\n");

    assertThat(paths(both, engine, ROOT)).isEqualTo("/srv/root /run/root");
    assertThat(paths(both, engine, ZOE)).isEqualTo(STORE + " /run/user/4242/containers");
    assertThat(both.judged(engine, ROOT).refused()).isFalse();
    assertThat(Explanation.of(both.request(engine, ZOE), Facts.NONE).findings())
        .extracting(StorageFinding::rule)
        .doesNotContain(StorageRule.ROOTS_PATHS, StorageRule.OVERRIDDEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "graphroot = \"/srv/$UID/storage\"",
        "graphroot = \"$HOME/storage\"",
        "rootless_storage_path = \"/scratch/$USER\"",
        "rootless_storage_path = \"/scratch/users\"",
        "graphroot = \"\"",
      })
  void pathsForUsersAreNotRoots(String line) {
    assertThat(found(site(line + "\n"), "6.0", Facts.NONE)).isEmpty();
  }

  @Test
  void otherFilesAndOlderEditionsHaveNoSharedPaths() {
    assertThat(found(site(PATHS), "5.8", Facts.NONE)).isEmpty();
    assertThat(found(UpgradeScene.of(USER, SITE.formatted(PATHS)), "6.0", Facts.NONE)).isEmpty();
    assertThat(found(UpgradeScene.of(NAMED, SITE.formatted(PATHS)), "6.0", Facts.NONE)).isEmpty();
    assertThat(found(site(PATHS).file(USER, SITE.formatted("")), "6.0", Facts.NONE)).isEmpty();
  }

  @Test
  void aDropInForAllIsASystemFile() {
    UpgradeScene dropIn =
        site("").file("/etc/containers/storage.conf.d/50-root.conf", "[storage]\n" + PATHS);
    assertThat(found(dropIn, "6.0", Facts.NONE)).hasSize(1);
  }

  @Test
  void thePackagesFileIsNotEdited() {
    StorageFinding finding =
        found(UpgradeScene.of(VENDOR, SITE.formatted(PATHS)), "6.0", Facts.NONE).get(0);
    assertThat(
            paths(
                UpgradeScene.of(VENDOR, SITE.formatted(PATHS))
                    .written(finding.instead().orElseThrow()),
                "6.0",
                ZOE))
        .isEqualTo(STORE + " /run/user/4242/containers");
  }

  @Test
  void aPathThatTheUserMayWriteIsAWarningAndNoOtherFindingRepeatsIt() {
    assertThat(found(site(PATHS), "6.0", writable(true)).get(0).finding().severity())
        .isEqualTo(Severity.WARNING);
    assertThat(Explanation.of(site(PATHS).request("6.0", ZOE), writable(false)).findings())
        .extracting(StorageFinding::rule)
        .contains(StorageRule.ROOTS_PATHS)
        .doesNotContain(StorageRule.NOT_WRITABLE);
  }

  private static Facts writable(boolean writable) {
    Optional<Boolean> unknown = Optional.empty();
    PathFacts facts =
        new PathFacts(
            "/srv/root",
            Kind.FOLDER,
            unknown,
            Optional.of(writable),
            unknown,
            Optional.empty(),
            unknown,
            Optional.empty());
    return new Facts(
        Optional.empty(),
        Map.of("/srv/root", facts, "/run/root", facts),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
