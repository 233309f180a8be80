/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the rules passed over on their way to the settings. */
final class Notes {
  private final Set<ShadowedFile> shadowed = new LinkedHashSet<>();
  private final Set<BrokenFile> broken = new LinkedHashSet<>();

  /** Nothing of this file counts. */
  void shadow(String path, String by) {
    shadowed.add(new ShadowedFile(path, by));
  }

  /** Nothing counts of those of these files that there are. */
  void shadow(StorageFiles files, List<String> paths, String by) {
    paths.stream()
        .filter(files::exists)
        .filter(path -> !path.equals(by))
        .forEach(path -> shadow(path, by));
  }

  /** Podman does without this file. */
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
