/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/** Reads one of the files by its path. */
final class StorageReader {
  private StorageReader() {}

  /** The file's entries; a file that is not there is refused, as only needed ones are asked for. */
  static StorageText read(StorageFiles files, String path, Engine engine) throws StorageRefused {
    Optional<StorageFile> file = files.at(path);
    if (file.isEmpty()) {
      throw new StorageRefused(
          Refusal.Code.UNREADABLE_FILE,
          files.exists(path)
              ? "%s cannot be read".formatted(path)
              : "stat %s: no such file or directory".formatted(path),
          Optional.of(new SettingPlace(path, 1, "")));
    }
    return StorageText.read(file.get(), engine);
  }

  /** Podman keeps its own state below graphroot and wants an absolute path. */
  static void refuseRelative(Setting graphroot) throws StorageRefused {
    if (!GoPath.isAbsolute(graphroot.value())) {
      throw new StorageRefused(
          Refusal.Code.BAD_PATH,
          "static directory must be an absolute path - instead got %s"
              .formatted(GoText.quote(GoPath.clean(graphroot.value() + "/libpod"))),
          graphroot.place());
    }
  }
}
