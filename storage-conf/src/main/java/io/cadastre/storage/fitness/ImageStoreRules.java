/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Setting;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules about additional image stores, which users read and never write. */
final class ImageStoreRules {
  private ImageStoreRules() {}

  static Stream<FindingDraft> missing(SettingsContext settings) {
    return where(settings, PathFacts::exists, false)
        .map(
            store ->
                FindingDraft.error(
                        "the image store %s does not exist: every Podman call fails"
                            .formatted(store.value()),
                        "Create it (podman --root %s info, as its owner), or remove the setting."
                            .formatted(store.value()))
                    .at(store.place()));
  }

  static Stream<FindingDraft> unreadable(SettingsContext settings) {
    return where(settings, PathFacts::readable, false)
        .filter(store -> settings.facts().path(store.value()).exists().orElse(true))
        .map(
            store ->
                FindingDraft.error(
                        "the user may not read the image store %s".formatted(store.value()),
                        "chmod -R a+rX %s, by its owner".formatted(store.value()))
                    .at(store.place()));
  }

  static Stream<FindingDraft> writable(SettingsContext settings) {
    return where(settings, PathFacts::writable, true)
        .filter(store -> settings.facts().path(store.value()).exists().orElse(false))
        .map(
            store ->
                FindingDraft.warning(
                        "the user may write to the image store %s and so change the images that others"
                                .formatted(store.value())
                            + " run",
                        "Make it writable only for the account that fills it, or mount it read-only.")
                    .at(store.place()));
  }

  private static Stream<Setting> where(
      SettingsContext settings, Function<PathFacts, Optional<Boolean>> fact, boolean value) {
    return settings.effective().additionalImageStores().stream()
        .filter(
            store ->
                fact.apply(settings.facts().path(store.value()))
                    .filter(is -> is == value)
                    .isPresent());
  }
}
