/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {
  private static final Map<String, StorageCase> CASES =
      StorageCorpus.cases().stream().collect(Collectors.toMap(StorageCase::name, known -> known));

  /** The case of a step has one answer before it, another one since. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OWN_STORE_SKIPPED", "READ_ONLY_STORES", "OWNER_IN_ATTRIBUTE"}) // tests of their own
  void isShownByItsCase(Step step) {
    Release before =
        Arrays.stream(Release.values())
            .filter(release -> release.compareTo(step.since()) < 0)
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertThat(answer(step, step.since())).isNotEqualTo(answer(step, before));
  }

  private static StorageJudgement answer(Step step, Release release) {
    Engine engine = release.engine();
    if (step == Step.BEEGFS) {
      // No machine of the oracle has one.
      StorageRequest asked = CASES.get("user-overlay-true").request(engine);
      return StorageRules.judge(
          new StorageRequest(
              asked.files(),
              asked.environment(),
              asked.user(),
              engine,
              new DriverSupport(
                  path -> true, false, true, path -> Optional.of("beegfs"), PathState::unknown)));
    }
    return StorageRules.judge(CASES.get(step.shownBy()).request(engine));
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.1, 4.3, 4.3",
    "4.9, 4.9, 4.9",
    "5.4.2+ds1-2, 5.4, 5.4",
    "5.8.6, 5.8, 5.8",
    "5:5.4.2-1.fc41, 5.4, 5.4",
    "5.8.6+ds1-3, 5.8, 6.0",
    "5.8.3+ds1-1, 5.8, 5.8",
    "legacy, 4.3, 4.3",
    "merged, 6.1, 6.1"
  })
  void aNameIsAnEdition(String name, String podman, String library) {
    Engine engine = Engine.of(name).orElseThrow();
    assertThat(engine.podman().podman()).isEqualTo(podman);
    assertThat(engine.library().podman()).isEqualTo(library);
  }

  @ParameterizedTest
  @CsvSource({"3.4.4", "5.9", "6.9.0", "5", "podman", "5.4.2.1", "''", "05.4"})
  void anUnknownVersionIsNone(String name) {
    assertThat(Engine.of(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3.4.4, 4.3", "5.4.2, 5.4", "5.9.1, 5.8", "7.0.0, 6.1", "4.10.0, 4.9"})
  void anInstalledVersionGetsTheNearestRules(String version, String podman) {
    assertThat(Engine.installed(version).podman().podman()).isEqualTo(podman);
  }

  /** docs/podman-editions.md has the table as the code has it. */
  @Test
  void theManualHasTheTable() throws IOException {
    assertThat(Files.readString(Path.of("../docs/podman-editions.md")))
        .contains(releases(), steps());
  }

  private static String releases() {
    return "| Podman | containers/storage |\n|---|---|\n"
        + Arrays.stream(Release.values())
            .map(release -> "| %s | %s |%n".formatted(release.podman(), release.library()))
            .collect(Collectors.joining());
  }

  private static String steps() {
    return "| since Podman | what changes | upstream | case |\n|---|---|---|---|\n"
        + Arrays.stream(Step.values())
            .map(
                step ->
                    "| %s | %s | %s | %s |%n"
                        .formatted(
                            step.since().podman(), step.change(), step.upstream(), step.shownBy()))
            .collect(Collectors.joining());
  }
}
