/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of Podman 4.3.1, 5.4.2, 5.8.6+ds1 and 6.1.1 that no corpus has. */
class DriverChoiceTest {
  private static StorageJudgement judged(String text, String engine) {
    return StorageRules.judge(
        StorageCase.of("driver-choice").user(text).request(Engine.of(engine).orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"overlay2\", \"vfs\"', overlay",
    "'\"zfs\"', overlay",
    "'\"btrfs\"', overlay",
    "'\"nix\", \"vfs\"', vfs"
  })
  void allDriversAreTriedAfterThePriority(String priority, String driver) {
    for (String engine : new String[] {"5.4.2", "5.8.6+ds1", "6.1.1"}) {
      assertThat(judged("[storage]\ndriver_priority = [%s]\n".formatted(priority), engine))
          .satisfies(
              judgement ->
                  assertThat(judgement.effective().orElseThrow().driver().value())
                      .isEqualTo(driver));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", " FileSystem "})
  void theModeOfSyncHasAnyCase(String mode) {
    String text =
        "[storage]\ndriver = \"overlay\"\n[storage.options.overlay]\nsync = \"%s\"\n"
            .formatted(mode);
    assertThat(judged(text, "6.1.1").refused()).isFalse();
  }

  @Test
  void vfsRefusesTheSyncOfItsTable() {
    String text = "[storage]\ndriver = \"vfs\"\n[storage.options.vfs]\nsync = \"filesystem\"\n";
    assertThat(judged(text, "6.1.1").refused()).isTrue();
    assertThat(judged(text, "5.4.2").refused()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlay", "vfs"})
  void theOwnStoreIsNoAdditionalOneBefore5_0(String driver) {
    String text =
        """
        [storage]
        driver = "%s"
        graphroot = "/tmp/store/a"
        [storage.options]
        additionalimagestores = ["/tmp/store/a"]
        """
            .formatted(driver);
    assertThat(judged(text, "4.3.1").refused()).isTrue();
    assertThat(judged(text, "4.9").refused()).isTrue();
    assertThat(judged(text, "5.0").refused()).isFalse();
    assertThat(judged(text, "5.4.2").refused()).isFalse();
  }
}
