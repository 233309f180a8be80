/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the files that the rules ignore. Not thread-safe. */
final class IgnoredFiles {
  private final Set<ShadowedFile> shadowed = new LinkedHashSet<>();
  private final Set<BrokenFile> broken = new LinkedHashSet<>();

  /** Records that Podman does not read this file. */
  void shadow(String path, String by) {
    shadowed.add(new ShadowedFile(path, by));
  }

  /** Records that Podman does not read these files, as far as they exist. */
  void shadow(StorageFiles files, List<String> paths, String by) {
    paths.stream()
        .filter(files::exists)
        .filter(path -> !path.equals(by))
        .forEach(path -> shadow(path, by));
  }

  /** Records that Podman ignores this broken file. */
  void broken(SettingPlace place, String message) {
    broken.add(new BrokenFile(place, message));
  }

  List<ShadowedFile> shadowed() {
    return List.copyOf(shadowed);
  }

  List<BrokenFile> broken() {
    return List.copyOf(broken);
  }
}
