/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that there are, by path; which of them count is for the rules. A path that is not here
 * does not exist. {@link StoragePaths} says where to look.
 *
 * @param files the main files, the ones that the environment names, the drop-ins
 * @param unreadable paths where something is that cannot be read: a folder, no permission
 */
public record StorageFiles(List<StorageFile> files, Set<String> unreadable) {
  /** Copies the collections. */
  public StorageFiles {
    files = List.copyOf(files);
    unreadable = Set.copyOf(unreadable);
  }

  /** The files, all of them readable. */
  public static StorageFiles of(StorageFile... files) {
    return new StorageFiles(List.of(files), Set.of());
  }

  /** The file at this path. */
  public Optional<StorageFile> at(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** Whether there is anything at this path. */
  public boolean exists(String path) {
    return unreadable.contains(path) || at(path).isPresent();
  }

  /** The drop-ins in this folder: paths of files directly in it that end in {@code .conf}. */
  List<String> within(String folder) {
    return Stream.concat(files.stream().map(StorageFile::path), unreadable.stream())
        .filter(path -> path.startsWith(folder + "/") && path.endsWith(".conf"))
        .filter(path -> path.indexOf('/', folder.length() + 1) < 0)
        .sorted()
        .toList();
  }
}
