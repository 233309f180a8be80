/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rule about files judges: a user's storage.conf files, and what Podman makes of them.
 *
 * @param request the files, the environment and the user
 * @param judgement what Podman makes of them
 * @param facts what is known of the node and the user
 */
record FileContext(StorageRequest request, StorageJudgement judgement, Facts facts) {

  /** The settings in force, if they could be made out. */
  Stream<SettingsContext> inForce() {
    return judgement.effective().map(effective -> new SettingsContext(this, effective)).stream();
  }

  /** Settings that have no effect, for this reason. */
  Stream<UnusedSetting> unused(Why why) {
    return judgement.unused().stream().filter(setting -> setting.why() == why);
  }

  /** The file that a missing line belongs into. */
  String file() {
    List<String> files = judgement.effective().map(EffectiveStorage::files).orElse(List.of());
    StoragePaths paths = StoragePaths.of(request.environment(), request.user());
    if (!files.isEmpty() && !passedOver(paths)) {
      return files.get(files.size() - 1);
    }
    return paths.named().orElse(request.user().rootless() ? paths.user() : paths.system());
  }

  /**
   * Of the system's file the legacy edition gives users of overlay the flag, and others nothing.
   */
  private boolean passedOver(StoragePaths paths) {
    return request.engine() == Engine.LEGACY
        && request.user().rootless()
        && paths.named().isEmpty()
        && inForce().anyMatch(settings -> !settings.overlay())
        && inForce().noneMatch(settings -> settings.effective().files().contains(paths.user()));
  }

  /** The line as it was written. */
  Optional<String> line(SettingPlace place) {
    return request
        .files()
        .at(place.source())
        .flatMap(file -> file.text().lines().skip(Math.max(0, place.line() - 1)).findFirst());
  }
}
