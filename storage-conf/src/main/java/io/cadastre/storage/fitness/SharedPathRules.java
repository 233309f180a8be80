/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.Setting;
import io.cadastre.storage.SettingPlace;
import java.util.stream.Stream;

/** The rule about root's paths in a system file, which apply to users since Podman 6.0. */
final class SharedPathRules {
  private SharedPathRules() {}

  static Stream<FindingDraft> rootsPaths(SettingsContext settings) {
    SharedPaths shared = SharedPaths.of(settings);
    if (shared.paths().isEmpty()) {
      return Stream.empty();
    }
    SettingPlace place = shared.paths().get(0).setting().place().orElseThrow();
    String why =
        "%s: the same for root and all users, since Podman 6.0 and later take everything in this file for users too"
            .formatted(shared.words());
    // The package writes its own file anew, so that only a drop-in lasts there.
    FindingDraft draft =
        SystemFiles.isVendor(settings.from().request(), place)
            ? draft(settings, shared, why, "Write the file below, which only users' Podman reads.")
                .write(shared.usersFile())
            : draft(
                    settings,
                    shared,
                    why,
                    "Move these lines to the file below, which only root's Podman reads. If older"
                        + " Podmans read this file too, keep the lines and set the keys to \"\" in %s instead;"
                            .formatted(SystemFiles.USERS)
                        + " users with paths of their own then need a drop-in of that name"
                        + " (docs/podman-editions.md).")
                .write(shared.rootsFile());
    return Stream.of(draft.at(place));
  }

  private static FindingDraft draft(
      SettingsContext settings, SharedPaths shared, String why, String remedy) {
    boolean writable =
        shared.paths().stream()
            .map(SharedPaths.SharedPath::setting)
            .map(Setting::value)
            .allMatch(path -> settings.facts().path(path).writable().orElse(false));
    return writable ? FindingDraft.warning(why, remedy) : FindingDraft.error(why, remedy);
  }
}
