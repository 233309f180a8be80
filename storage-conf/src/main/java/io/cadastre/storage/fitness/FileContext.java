/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.Step;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.UnusedSetting;
import io.cadastre.storage.UnusedSetting.Why;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The input of a rule about files: a user's storage.conf files and the result of the rules for
 * them.
 *
 * @param request the files, the environment and the user
 * @param judgement the result of the rules of storage.conf
 * @param facts the facts about the node and the user
 */
record FileContext(StorageRequest request, StorageJudgement judgement, Facts facts) {

  /** Returns the input of a rule about settings; empty if the settings are unknown. */
  Stream<SettingsContext> inForce() {
    return judgement.effective().map(effective -> new SettingsContext(this, effective)).stream();
  }

  /** Returns the settings without effect for this reason. */
  Stream<UnusedSetting> unused(Why why) {
    return judgement.unused().stream().filter(setting -> setting.why() == why);
  }

  /** Returns the file for a missing line. */
  String file() {
    List<String> files = judgement.effective().map(EffectiveStorage::files).orElse(List.of());
    StoragePaths paths = StoragePaths.of(request.environment(), request.user());
    if (!files.isEmpty() && !passedOver(paths)) {
      return files.get(files.size() - 1);
    }
    return paths.named().orElse(request.user().rootless() ? paths.user() : paths.system());
  }

  /**
   * Returns whether the legacy edition ignores the options of the system file: users of overlay get
   * the flag from it, other users nothing.
   */
  private boolean passedOver(StoragePaths paths) {
    return !request.engine().has(Step.MERGED)
        && request.user().rootless()
        && paths.named().isEmpty()
        && inForce().anyMatch(settings -> !settings.overlay())
        && inForce().noneMatch(settings -> settings.effective().files().contains(paths.user()));
  }

  /** Returns the line of the file at this place. */
  Optional<String> line(SettingPlace place) {
    return request
        .files()
        .at(place.source())
        .flatMap(file -> file.text().lines().skip(Math.max(0, place.line() - 1)).findFirst());
  }
}
