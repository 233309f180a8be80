/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Setting;
import io.cadastre.storage.StorageRules;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules about the driver in libpod's database: Podman prefers it to the files and the environment,
 * and then refuses every option of the driver that the files name.
 */
final class RecordedDriverRules {
  private RecordedDriverRules() {}

  static Stream<FindingDraft> overwritten(SettingsContext settings) {
    Optional<String> recorded = settings.from().request().recordedDriver();
    Optional<Setting> wanted = recorded.flatMap(driver -> inFiles(settings));
    if (wanted.isEmpty() || wanted.map(Setting::value).equals(recorded)) {
      return Stream.empty();
    }
    String kept = recorded.orElseThrow();
    return Stream.of(
        FindingDraft.warning(
                "driver %s is not used: libpod's database below %s records %s, and Podman keeps it"
                    .formatted(wanted.get().value(), settings.graphroot(), kept),
                ("Set driver = \"%s\" and give no options for another driver. For %s, set that"
                        + " first, run \"podman system reset\" as the user, which deletes all images"
                        + " and containers, and set %s then.")
                    .formatted(kept, wanted.get().value(), wanted.get().value()))
            .at(wanted.get().place())
            .write("driver = \"%s\"".formatted(kept)));
  }

  static Stream<FindingDraft> unknown(SettingsContext settings) {
    UsedStore store = settings.facts().store(settings.graphroot());
    if (!store.database() || store.drivers().size() < 2) {
      return Stream.empty();
    }
    return Stream.of(
        FindingDraft.info(
            "%s has images of the drivers %s: Podman uses the one in libpod's database, which need"
                    .formatted(settings.graphroot(), String.join(" and ", store.drivers()))
                + " not be "
                + settings.driver(),
            "Run \"podman info\" as the user: it reports an overwritten graph driver."));
  }

  /** Returns the driver that Podman would use without the database. */
  private static Optional<Setting> inFiles(SettingsContext settings) {
    return StorageRules.judge(settings.from().request().withRecordedDriver(Optional.empty()))
        .effective()
        .map(EffectiveStorage::driver);
  }
}
