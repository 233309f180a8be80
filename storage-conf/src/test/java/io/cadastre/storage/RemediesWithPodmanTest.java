/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.Facts;
import io.cadastre.storage.fitness.StorageFinding;
import io.cadastre.storage.fitness.StorageRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The remedy of each finding about a setting without effect, tried with the Podman of this machine:
 * before, the setting is not in Podman's answer; with the remedy it is, and the finding is gone.
 */
@Tag("slow")
class RemediesWithPodmanTest {
  private static final String VFS_FLAG = "ignore_chown_errors = \"true\"\n";

  @TempDir Path scratch;

  /**
   * A finding and its remedy.
   *
   * @param before draws the finding
   * @param rule the rule that reports it
   * @param remedy part of the words of the remedy that the case after follows
   * @param after what the remedy makes of it
   * @param effect what Podman's answer then has; after a deletion it is the same answer as before
   */
  private record Remedy(
      StorageCase before, StorageRule rule, String remedy, StorageCase after, String effect) {}

  private static StorageCase of(String name) {
    return StorageCase.of("remedy-" + name);
  }

  private static String storage(String... lines) {
    return "[storage]\n" + String.join("\n", lines) + "\n";
  }

  private static List<Remedy> remedies() {
    String overlay = "driver = \"overlay\"";
    String vfs = "driver = \"vfs\"";
    String graphroot = "graphroot = \"/tmp/images-$UID\"";
    String rootless = "rootless_storage_path = \"/tmp/images-$UID\"";
    String runroot = "runroot = \"/tmp/run-$UID\"";
    String other = "rootless_storage_path = \"/tmp/b\"";
    String stores = "[storage.options]\nadditionalimagestores = [\"/tmp/store/a\"]";
    return List.of(
        new Remedy(
            of("graphroot-named").named(storage(overlay, graphroot)),
            StorageRule.NOT_FOR_USERS,
            "Set rootless_storage_path",
            of("graphroot-named-after").named(storage(overlay, rootless)),
            "\t/tmp/images-4242\t"),
        new Remedy(
            of("graphroot-system").system(storage(overlay, graphroot)),
            StorageRule.NOT_FOR_USERS,
            "Set rootless_storage_path",
            of("graphroot-system-after").system(storage(overlay, rootless)),
            "\t/tmp/images-4242\t"),
        new Remedy(
            of("graphroot-opts").system(storage(overlay, graphroot)).with("STORAGE_OPTS", ""),
            StorageRule.NOT_FOR_USERS,
            "Set rootless_storage_path",
            of("graphroot-opts-after").system(storage(overlay, rootless)).with("STORAGE_OPTS", ""),
            "\t/tmp/images-4242\t"),
        new Remedy(
            of("both-named").named(storage(overlay, graphroot, other)),
            StorageRule.STORAGE_PATH_BESIDE_GRAPHROOT,
            "Give both the same value",
            of("both-named-after").named(storage(overlay, graphroot, rootless)),
            "\t/tmp/images-4242\t"),
        new Remedy(
            of("both-user").user(storage(overlay, graphroot, other)),
            StorageRule.STORAGE_PATH_BESIDE_GRAPHROOT,
            "Delete rootless_storage_path",
            of("both-user-after").user(storage(overlay, graphroot)),
            "\t/tmp/images-4242\t"),
        new Remedy(
            of("runroot-named").named(storage(overlay, runroot)),
            StorageRule.NOT_FOR_USERS,
            "Delete it",
            of("runroot-named-after").named(storage(overlay)),
            "\t/run/user/4242/containers\t"),
        new Remedy(
            of("runroot-own").system(storage(overlay, runroot)),
            StorageRule.NOT_FOR_USERS,
            "Nothing: only @HOME@/.config/containers/storage.conf sets runroot",
            of("runroot-own-after").user(storage(overlay, runroot)),
            "\t/tmp/run-4242\t"),
        new Remedy(
            of("driver").system(storage("driver = \"zfs\"")),
            StorageRule.NOT_FOR_USERS,
            "overlay, vfs or btrfs",
            of("driver-after").system(storage(overlay)),
            "\toverlay\t"),
        new Remedy(
            of("stores-system").system(storage(overlay, stores)),
            StorageRule.NOT_FOR_USERS,
            "in the users' own files",
            of("stores-system-user").user(storage(overlay, stores)),
            "imagestore=/tmp/store/a"),
        new Remedy(
            of("stores-named").system(storage(overlay, stores)),
            StorageRule.NOT_FOR_USERS,
            "or in the file that CONTAINERS_STORAGE_CONF names",
            of("stores-named-after").named(storage(overlay, stores)),
            "imagestore=/tmp/store/a"),
        new Remedy(
            of("flag-system").system(storage(vfs, "[storage.options.vfs]", VFS_FLAG)),
            StorageRule.FLAG_SHADOWED,
            "Set it in the users' own files",
            of("flag-system-after").user("@INSTEAD@"),
            "vfs.ignore_chown_errors=true"),
        new Remedy(
            of("flag-table").system(storage(vfs, "[storage.options.overlay]", VFS_FLAG)),
            StorageRule.FLAG_SHADOWED,
            "Set it in the users' own files",
            of("flag-table-after").user("@INSTEAD@"),
            "vfs.ignore_chown_errors=true"),
        new Remedy(
            of("flag-other").named(storage(vfs, "[storage.options.overlay]", VFS_FLAG)),
            StorageRule.FLAG_WRONG_TABLE,
            "Move it to the driver's own table",
            of("flag-other-after").named(storage(vfs, "@INSTEAD@")),
            "vfs.ignore_chown_errors=true"),
        new Remedy(
            of("other-driver")
                .user(storage(vfs, "[storage.options.overlay]", "mountopt = \"nodev\"")),
            StorageRule.OTHER_DRIVER,
            "it applies when that driver is used",
            of("other-driver-after")
                .user(storage(overlay, "[storage.options.overlay]", "mountopt = \"nodev\"")),
            "overlay.mountopt=nodev"),
        new Remedy(
            of("twice-named")
                .named(
                    storage(
                        overlay,
                        "[storage.options]",
                        "mountopt = \"nosuid\"",
                        "[storage.options.overlay]",
                        "mountopt = \"nodev\"")),
            StorageRule.OVERRIDDEN,
            "Keep one of the two values",
            of("twice-named-after")
                .named(storage(overlay, "[storage.options]", "mountopt = \"nosuid\"")),
            "overlay.mountopt=nosuid"),
        new Remedy(
            of("twice-opts")
                .user(storage(overlay, "[storage.options.overlay]", "mountopt = \"nodev\""))
                .with("STORAGE_OPTS", "overlay.mountopt=nosuid"),
            StorageRule.OVERRIDDEN,
            "STORAGE_OPTS replaces all options",
            of("twice-opts-after")
                .user(storage(overlay, "[storage.options.overlay]", "mountopt = \"nodev\"")),
            "overlay.mountopt=nodev"));
  }

  @TestFactory
  Stream<DynamicTest> everyRemedyLeadsOut() throws Exception {
    List<StorageCase> cases = new ArrayList<>();
    List<Remedy> remedies = remedies().stream().map(RemediesWithPodmanTest::written).toList();
    for (Remedy remedy : remedies) {
      cases.add(remedy.before());
      cases.add(remedy.after());
    }
    Map<String, Answer> answers = new PodmanOracle(scratch).answers(cases);
    return remedies.stream()
        .map(
            remedy ->
                DynamicTest.dynamicTest(
                    remedy.before().name(),
                    () -> {
                      assertThat(finding(remedy).finding().remedy())
                          .contains(remedy.before().filled(remedy.remedy()));
                      if (remedy.remedy().startsWith("Delete")) {
                        assertThat(line(answers, remedy.before()))
                            .isEqualTo(line(answers, remedy.after()).replace("-after", ""));
                      } else {
                        assertThat(line(answers, remedy.before())).doesNotContain(remedy.effect());
                      }
                      assertThat(line(answers, remedy.after())).contains(remedy.effect());
                      assertThat(findings(remedy.after()))
                          .noneMatch(found -> found.rule() == remedy.rule());
                    }));
  }

  /** Returns the remedy with the lines of the finding in the case after it. */
  private static Remedy written(Remedy remedy) {
    Optional<String> instead = finding(remedy).instead();
    StorageCase after = remedy.after();
    for (Map.Entry<String, String> file : after.files().entrySet()) {
      after = after.file(file.getKey(), file.getValue().replace("@INSTEAD@", instead.orElse("")));
    }
    return new Remedy(remedy.before(), remedy.rule(), remedy.remedy(), after, remedy.effect());
  }

  private static StorageFinding finding(Remedy remedy) {
    List<StorageFinding> found = findings(remedy.before());
    return found.stream()
        .filter(finding -> finding.rule() == remedy.rule())
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "%s: no %s in %s".formatted(remedy.before(), remedy.rule(), found)));
  }

  private static List<StorageFinding> findings(StorageCase asked) {
    return Explanation.of(asked.request(Engine.LEGACY), Facts.NONE).findings();
  }

  private static String line(Map<String, Answer> answers, StorageCase asked) {
    return answers.get(asked.name()).line("", "") + "\t";
  }
}
