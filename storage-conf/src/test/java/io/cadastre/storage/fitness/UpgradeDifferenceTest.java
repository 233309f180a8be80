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

import io.cadastre.storage.Release;
import io.cadastre.storage.Setting;
import io.cadastre.storage.Step;
import io.cadastre.storage.fitness.UpgradeChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes for a user by an upgrade of Podman, the step that does it, and what to do. */
class UpgradeDifferenceTest {
  private static final String OVERLAY = "[storage]\ndriver = \"overlay\"\n";
  private static final String OWN = OVERLAY + "[storage.options.overlay]\n";
  private static final String ROOTS =
      OVERLAY
          + "graphroot = \"/var/lib/containers/storage\"\nrunroot = \"/run/containers/storage\"\n";

  private static List<Kind> kinds(UpgradeDifference difference) {
    return difference.changes().stream().map(change -> change.aspect().kind()).toList();
  }

  @Test
  void rootsPathsBreakUsersFromTheMergedRulesOn() {
    UpgradeScene scene = UpgradeScene.of(SYSTEM, ROOTS);
    UpgradeDifference difference = scene.difference("5.4.2", "6.0");

    assertThat(kinds(difference)).containsExactly(Kind.GRAPHROOT, Kind.RUNROOT);
    assertThat(difference.breaking()).hasSize(2);
    UpgradeChange graphroot = difference.changes().get(0);
    assertThat(graphroot.line())
        .isEqualTo("graphroot: %s -> /var/lib/containers/storage (%s:3)".formatted(STORE, SYSTEM));
    assertThat(graphroot.step()).contains(Step.MERGED);
    assertThat(graphroot.reason().orElseThrow()).startsWith("Podman 6.0: one main file");
    assertThat(graphroot.advice().instead())
        .hasValue(
            """
            # /etc/containers/storage.rootless.conf.d/99-users.conf
            [storage]
            graphroot = ""
            runroot = ""\
            """);
    assertThat(scene.difference("6.0", "6.1").changes()).isEmpty();
    // Root and users with a file of their own see no change.
    assertThat(scene.difference("5.4", "6.0", ROOT).changes()).isEmpty();
    assertThat(kinds(scene.file(USER, OVERLAY).difference("5.4", "6.0"))).isEmpty();
  }

  /** The drop-in that spares users root's paths also unsets those of their own files. */
  @Test
  void aUserKeepsTheOwnStoreBesideTheUsersDropIn() {
    UpgradeScene scene =
        UpgradeScene.of(SYSTEM, ROOTS)
            .file(SystemFiles.USERS, "[storage]\ngraphroot = \"\"\nrunroot = \"\"\n")
            .file(USER, OVERLAY + "graphroot = \"/scratch/zoe\"\nrunroot = \"/run/zoe\"\n");
    UpgradeChange graphroot = scene.change("5.4", "6.0", Kind.GRAPHROOT);
    assertThat(graphroot.breaks()).isTrue();
    assertThat(graphroot.advice().instead())
        .hasValue(
            """
            # /home/zoe/.config/containers/storage.conf.d/99-users.conf
            [storage]
            graphroot = "/scratch/zoe"
            runroot = "/run/zoe"\
            """);
    assertThat(
            scene
                .written(graphroot.advice().instead().orElseThrow())
                .effective("6.0", ZOE)
                .runroot())
        .extracting(Setting::value)
        .isEqualTo("/run/zoe");
  }

  @Test
  void debians5_8HasTheStepAlready() {
    UpgradeScene scene = UpgradeScene.of(SYSTEM, ROOTS);
    assertThat(scene.difference("5.8.2", "5.8.6+ds1-3").breaking()).hasSize(2);
    assertThat(scene.difference("5.8.6+ds1-3", "6.1").changes()).isEmpty();
  }

  @Test
  void aDowngradeIsComparedToo() {
    UpgradeChange graphroot = UpgradeScene.of(SYSTEM, ROOTS).change("6.1", "4.3", Kind.GRAPHROOT);
    assertThat(graphroot.after()).contains(STORE);
    assertThat(graphroot.step()).contains(Step.MERGED);
    assertThat(graphroot.advice().instead()).isEmpty();
  }

  /** The store is kept by the text that is printed, whatever the system file has beside it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "graphroot = \"/var/lib/containers/storage\"",
        "graphroot = '/srv/root' # root's",
        "graphroot = \"/srv/$USER/storage\"",
        "graphroot = \"/srv/root\"\nrootless_storage_path = \"/scratch/$UID\"",
        "graphroot = \"/srv/root\"\nimagestore = \"/srv/images\"",
        "runroot = \"/run/root\"",
        "imagestore = \"/srv/images\"",
      })
  void thePathsOfTodayAreKeptByTheDropIn(String lines) {
    UpgradeScene scene = UpgradeScene.of(SYSTEM, OVERLAY + lines + "\n");
    UpgradeDifference difference = scene.difference("5.4", "6.1");
    assertThat(difference.changes()).isNotEmpty();

    UpgradeScene prepared = scene;
    for (UpgradeChange change : difference.changes()) {
      prepared =
          prepared.files().containsKey(SystemFiles.USERS)
              ? prepared
              : prepared.written(change.advice().instead().orElseThrow());
    }

    assertThat(kinds(prepared.difference("5.4", "6.1"))).containsOnly(Kind.FILES);
    for (Release release : Release.values()) {
      // Today's root and older Podmans do not see the file.
      assertThat(prepared.judged(release.podman(), ROOT))
          .isEqualTo(scene.judged(release.podman(), ROOT));
    }
    assertThat(prepared.effective("4.3", ZOE)).isEqualTo(scene.effective("4.3", ZOE));
  }

  @Test
  void anOptionThatReachesUsersIsNamed() {
    UpgradeScene scene = UpgradeScene.of(SYSTEM, OWN + "mountopt = \"nodev,metacopy=on\"\n");
    UpgradeChange option = scene.change("5.4", "6.0", Kind.OPTION);
    assertThat(option.line())
        .isEqualTo("option mountopt: none -> nodev,metacopy=on (%s:4)".formatted(SYSTEM));
    assertThat(option.breaks()).isFalse();
    assertThat(option.advice().remedy()).startsWith("Nothing if it suits users.");
    assertThat(
            scene.written(option.advice().instead().orElseThrow()).effective("6.0", ZOE).options())
        .isEmpty();
  }

  @Test
  void generalOptionsWithAnotherPrefixAreNoChangeNorThoseOfAnotherDriver() {
    UpgradeScene scene =
        UpgradeScene.of(
            USER,
            OVERLAY
                + "[storage.options]\nmountopt = \"nodev\"\nsize = \"\"\n"
                + "[storage.options.btrfs]\nmin_space = \"1g\"\n");
    assertThat(scene.difference("4.3", "6.1").changes()).isEmpty();
  }

  @Test
  void aLostFlagBreaks() {
    UpgradeScene scene =
        UpgradeScene.of(SYSTEM, OWN + "ignore_chown_errors = \"true\"\n")
            .file(
                "/etc/containers/storage.conf.d/50-site.conf",
                "[storage.options.overlay]\nignore_chown_errors = \"false\"\n");
    UpgradeChange flag = scene.change("5.4", "6.0", Kind.IGNORE_CHOWN_ERRORS);
    assertThat(flag.breaks()).isTrue();
    assertThat(
            scene
                .written(flag.advice().instead().orElseThrow())
                .effective("6.0", ZOE)
                .ignoreChownErrors()
                .value())
        .isTrue();
  }

  @Test
  void aRefusalOfUsersByRootsSettingIsTakenBack() {
    UpgradeScene scene = UpgradeScene.of(SYSTEM, "[storage]\ndriver = \"zfs\"\n");
    UpgradeChange refused = scene.change("5.4", "6.0", Kind.REFUSED);
    assertThat(refused.breaks()).isTrue();
    assertThat(refused.line()).startsWith("refused: no -> ");
    assertThat(scene.written(refused.advice().instead().orElseThrow()).judged("6.0", ZOE).refused())
        .isFalse();
  }

  /**
   * An unset key does not help where the file does not parse; nor is a present drop-in replaced.
   */
  @Test
  void aDropInThatDoesNotHelpIsNotOffered() {
    UpgradeChange refused =
        UpgradeScene.of("/etc/containers/storage.conf.d/a.conf", "[storage]\ndriver = [\"vfs\"]\n")
            .change("5.4", "6.0", Kind.REFUSED);
    assertThat(refused.advice().instead()).isEmpty();
    assertThat(refused.advice().remedy())
        .isEqualTo("Correct or remove the setting before the upgrade.");
    assertThat(
            UpgradeScene.of(SYSTEM, ROOTS)
                .file(SystemFiles.USERS, "[storage]\n")
                .change("5.4", "6.0", Kind.GRAPHROOT)
                .advice()
                .instead())
        .isEmpty();
  }

  @Test
  void aRefusalThatEndsNeedsNothing() {
    UpgradeScene scene = UpgradeScene.of(USER, OWN + "force_mask = \"700\"\n");
    UpgradeChange refused = scene.change("5.1", "5.2", Kind.REFUSED);
    assertThat(refused.step()).contains(Step.FORCE_MASK_ALONE);
    assertThat(refused.breaks()).isFalse();
    assertThat(refused.line()).endsWith(" -> no (%s:4)".formatted(USER));
  }

  @Test
  void aKeyBecomesUnknownOrKnown() {
    UpgradeScene scene =
        UpgradeScene.of(
            USER, OVERLAY + "transient_store = true\n[storage.options]\nremap-user = \"zoe\"\n");
    List<UpgradeChange> keys = scene.difference("4.3", "6.0").changes();
    assertThat(keys)
        .extracting(UpgradeChange::line)
        .containsExactly(
            "key remap-user in [storage.options]: known -> unknown (%s:5)".formatted(USER),
            "key transient_store in [storage]: unknown -> known (%s:3)".formatted(USER));
    assertThat(keys)
        .extracting(change -> change.step().orElseThrow())
        .containsExactly(Step.NO_REMAP, Step.TRANSIENT_STORE);
  }

  @Test
  void theFirstReleaseWithTheDriverIsNamed() {
    UpgradeChange driver = UpgradeScene.empty().change("4.3", "6.1", Kind.DRIVER);
    assertThat(driver.line()).isEqualTo("driver: vfs -> overlay");
    assertThat(driver.step()).contains(Step.OVERLAY_BY_DEFAULT);
    assertThat(
            UpgradeScene.empty()
                .written(driver.advice().instead().orElseThrow())
                .effective("6.1", ZOE)
                .driver()
                .value())
        .isEqualTo("vfs");
    assertThat(UpgradeScene.empty().change("4.3", "5.4", Kind.DRIVER).advice().remedy())
        .contains("set driver = \"vfs\" in " + USER);
  }

  @Test
  void aNamedFileReachesNoDropIn() {
    UpgradeChange graphroot =
        UpgradeScene.of(
                NAMED,
                OVERLAY
                    + "graphroot = \"/a\"\nrunroot = \"/b\"\nrootless_storage_path = \"/c/$UID\"\n")
            .change("5.4", "6.0", Kind.GRAPHROOT);
    assertThat(graphroot.breaks()).isTrue();
    assertThat(graphroot.advice().instead()).isEmpty();
    assertThat(graphroot.advice().remedy()).contains("set graphroot to /c/4242");
  }

  @Test
  void thePackagesFileIsReplacedByTheUpgrade() {
    UpgradeChange graphroot = UpgradeScene.of(VENDOR, ROOTS).change("5.4", "6.0", Kind.GRAPHROOT);
    assertThat(graphroot.advice().remedy())
        .startsWith("Nothing if the new package brings another " + VENDOR);
  }

  @Test
  void filesThatJoinAreNamed() {
    UpgradeScene scene =
        UpgradeScene.of(USER, OVERLAY)
            .file("/etc/containers/storage.conf.d/a.conf", "[storage]\nnew_key = 1\n");
    UpgradeDifference difference = scene.difference("5.4", "6.0");
    // A key of a file that only one edition reads is not news.
    assertThat(kinds(difference)).containsExactly(Kind.FILES);
    assertThat(difference.changes().get(0).after())
        .contains(USER + ", /etc/containers/storage.conf.d/a.conf");
  }

  @Test
  void aFileThatOnlyOneEditionParsesIsOneChange() {
    UpgradeScene scene = UpgradeScene.of(USER, "[storage]\ndriver = \"\\x76fs\"\n");
    UpgradeDifference difference = scene.difference("5.8", "6.0");
    assertThat(kinds(difference)).containsExactly(Kind.REFUSED);
    assertThat(difference.changes().get(0).step()).contains(Step.TOML_1_1);
  }

  @Test
  void oneEditionHasNoDifference() {
    for (Release release : Release.values()) {
      String version = release.podman();
      assertThat(UpgradeScene.of(SYSTEM, ROOTS).difference(version, version).changes()).isEmpty();
    }
  }
}
