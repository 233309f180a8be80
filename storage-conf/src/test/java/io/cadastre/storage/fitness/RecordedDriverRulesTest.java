/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.Engine;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The driver in libpod's database, as Podman 4.3.1 was seen to treat it. */
class RecordedDriverRulesTest {
  private static final String FILE = "/home/zoe/.config/containers/storage.conf";
  private static final String GRAPHROOT = "/home/zoe/.local/share/containers/storage";

  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/zoe"));

  private Explanation explained(UsedStore store, String... text) {
    Facts facts =
        new Facts(
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(GRAPHROOT, store));
    StorageFiles files =
        text.length == 0
            ? StorageFiles.of()
            : StorageFiles.of(new StorageFile(FILE, String.join("\n", text)));
    return Explanation.of(
        new StorageRequest(
            files,
            environment,
            new StorageUser("zoe", 4242, "/home/zoe"),
            Engine.LEGACY,
            DriverSupport.usual()),
        facts);
  }

  private static UsedStore database(String... drivers) {
    return new UsedStore(List.of(drivers), true);
  }

  private static List<StorageRule> rules(Explanation explanation) {
    return explanation.findings().stream()
        .filter(found -> found.finding().severity() != Severity.INFO)
        .map(StorageFinding::rule)
        .toList();
  }

  private static String driver(Explanation explanation) {
    return explanation.judgement().effective().orElseThrow().driver().value();
  }

  @Test
  void theDatabaseWinsOverTheFile() {
    Explanation explanation = explained(database("vfs"), "[storage]", "driver = \"overlay\"");
    assertThat(driver(explanation)).isEqualTo("vfs");
    assertThat(rules(explanation)).containsExactly(StorageRule.DRIVER_RECORDED);
    StorageFinding found =
        explanation.findings().stream()
            .filter(finding -> finding.rule() == StorageRule.DRIVER_RECORDED)
            .findFirst()
            .orElseThrow();
    assertThat(found.place().orElseThrow()).hasToString(FILE + ":2");
    assertThat(found.instead()).contains("driver = \"vfs\"");
  }

  @Test
  void theDatabaseWinsOverTheEnvironmentAndTheDefault() {
    assertThat(rules(explained(database("overlay")))).containsExactly(StorageRule.DRIVER_RECORDED);
    environment.put("STORAGE_DRIVER", "overlay");
    assertThat(driver(explained(database("vfs")))).isEqualTo("vfs");
    assertThat(rules(explained(database("overlay")))).isEmpty();
  }

  @Test
  void anOptionOfTheOtherDriverStopsPodman() {
    Explanation explanation =
        explained(
            database("vfs"),
            "[storage]",
            "driver = \"overlay\"",
            "[storage.options.overlay]",
            "mountopt = \"nodev\"");
    assertThat(explanation.judgement().refusal().orElseThrow().reason())
        .contains("vfs driver does not support overlay.mountopt options");
    assertThat(rules(explanation))
        .containsExactly(StorageRule.REFUSED, StorageRule.DRIVER_RECORDED);
  }

  @Test
  void withoutADatabaseTheFileCounts() {
    UsedStore ofBuildah = new UsedStore(List.of("vfs"), false);
    Explanation explanation = explained(ofBuildah, "[storage]", "driver = \"overlay\"");
    assertThat(driver(explanation)).isEqualTo("overlay");
    assertThat(rules(explanation)).isEmpty();
  }

  @Test
  void imagesOfTwoDriversLeaveItOpen() {
    Explanation explanation =
        explained(database("vfs", "overlay"), "[storage]", "driver = \"overlay\"");
    assertThat(driver(explanation)).isEqualTo("overlay");
    assertThat(explanation.findings())
        .extracting(StorageFinding::rule)
        .contains(StorageRule.DRIVER_RECORD_UNKNOWN);
  }
}
