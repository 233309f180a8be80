/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open descriptors of this process as paths, {@code /proc/self/fd/N}. A name may be exchanged;
 * an open descriptor stays on its file. See proc(5). Thread-safe.
 */
final class Descriptors {
  private static final Path ALL = Path.of("/proc/self/fd");
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private Descriptors() {}

  /** Whether /proc is mounted. */
  static boolean areAvailable() {
    return Files.isDirectory(ALL);
  }

  /**
   * Finds a path that leads to an open file, whatever its name is now; empty if this process has
   * not opened it.
   *
   * @param key of {@link BasicFileAttributes#fileKey()}
   */
  static Optional<Path> openOn(Object key) throws IOException {
    List<Path> all = allOn(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /**
   * Claims the descriptors of a folder that the caller has just opened: those on the folder that no
   * other caller has claimed, since a descriptor ends with the stream that opened it. Never empty.
   */
  static List<Path> claim(Object key) throws IOException {
    List<Path> own = new ArrayList<>();
    for (Path descriptor : allOn(key)) {
      if (CLAIMED.add(descriptor)) {
        own.add(descriptor);
      }
    }
    if (own.isEmpty()) {
      throw new IOException("the folder of " + key + " is not found in " + ALL);
    }
    return own;
  }

  /** Releases claimed descriptors, after they were closed. */
  static void release(List<Path> descriptors) {
    for (Path descriptor : descriptors) {
      CLAIMED.remove(descriptor);
    }
  }

  private static List<Path> allOn(Object key) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(ALL)) {
      for (Path descriptor : all) {
        if (key.equals(keyOf(descriptor))) {
          found.add(descriptor);
        }
      }
    }
    return found;
  }

  /**
   * The file key of a descriptor. If the descriptor was closed meanwhile: its path, which equals no
   * key.
   */
  private static Object keyOf(Path descriptor) {
    try {
      Object key = Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
      return key == null ? descriptor : key;
    } catch (IOException e) {
      return descriptor;
    }
  }
}
