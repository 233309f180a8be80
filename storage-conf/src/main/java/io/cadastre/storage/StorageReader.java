/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/** Reads a file by its path. */
final class StorageReader {
  private StorageReader() {}

  /**
   * Returns the entries of a file that Podman needs.
   *
   * @throws StorageRefused if the file does not exist or Podman cannot read it
   */
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

  /** Refuses an imagestore that is the same folder as graphroot. */
  static void refuseSameFolder(Optional<Setting> imagestore, Setting graphroot)
      throws StorageRefused {
    if (imagestore.isEmpty()) {
      return;
    }
    String path = imagestore.get().value();
    if (path.equals(graphroot.value())) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "imagestore %s must either be not set or be different than graphroot".formatted(path),
          imagestore.get().place());
    }
    if (GoPath.clean(path).equals(GoPath.clean(graphroot.value()))) {
      throw new StorageRefused(
          Refusal.Code.CONFLICT,
          "imagestore %s is the same folder as graphroot: Podman waits forever for a lock that it holds itself"
              .formatted(path),
          imagestore.get().place());
    }
  }

  /**
   * Refuses a relative graphroot: Podman keeps its own state below it and requires an absolute
   * path.
   */
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
