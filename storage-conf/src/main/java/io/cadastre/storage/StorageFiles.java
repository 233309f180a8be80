/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that exist, by path. The rules decide which of them apply. A path that is not here does
 * not exist. {@link StoragePaths} has the paths to read. Immutable.
 *
 * @param files the main files, the files that the environment names, and the drop-ins
 * @param unreadable paths that exist and cannot be read: a folder, or no permission
 */
public record StorageFiles(List<StorageFile> files, Set<String> unreadable) {
  /** Copies the collections. */
  public StorageFiles {
    files = List.copyOf(files);
    unreadable = Set.copyOf(unreadable);
  }

  /** Returns these files, all of them readable. */
  public static StorageFiles of(StorageFile... files) {
    return new StorageFiles(List.of(files), Set.of());
  }

  /** Returns the file at this path. */
  public Optional<StorageFile> at(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** Returns these files and this one, which replaces a file with its path. */
  public StorageFiles with(StorageFile added) {
    List<StorageFile> all =
        new ArrayList<>(files.stream().filter(file -> !file.path().equals(added.path())).toList());
    all.add(added);
    Set<String> others = new HashSet<>(unreadable);
    others.remove(added.path());
    return new StorageFiles(all, others);
  }

  /** Returns whether this path exists. */
  public boolean exists(String path) {
    return unreadable.contains(path) || at(path).isPresent();
  }

  /**
   * Returns the drop-ins of this folder: the files directly in it with the suffix {@code .conf}.
   */
  List<String> within(String folder) {
    return Stream.concat(files.stream().map(StorageFile::path), unreadable.stream())
        .filter(path -> path.startsWith(folder + "/") && path.endsWith(".conf"))
        .filter(path -> path.indexOf('/', folder.length() + 1) < 0)
        .sorted()
        .toList();
  }
}
