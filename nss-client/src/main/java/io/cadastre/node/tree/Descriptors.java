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
 * The descriptors of this process as paths, {@code /proc/self/fd/N}: what a name leads to may be
 * exchanged, what a descriptor is open on may not. See proc(5).
 */
final class Descriptors {
  private static final Path ALL = Path.of("/proc/self/fd");
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private Descriptors() {}

  /** Whether there is a /proc to look at. */
  static boolean areThere() {
    return Files.isDirectory(ALL);
  }

  /**
   * A path that leads to an open file, whatever its name is by now; empty if nothing of this
   * process is open on it.
   *
   * @param key of {@link BasicFileAttributes#fileKey()}
   */
  static Optional<Path> openOn(Object key) throws IOException {
    return allOn(key).stream().findFirst();
  }

  /**
   * The descriptors of one who has just opened this folder: those that nobody has claimed before,
   * for they end with the one who opened them. Never empty.
   */
  static List<Path> claim(Object key) throws IOException {
    List<Path> own = allOn(key).stream().filter(CLAIMED::add).toList();
    if (own.isEmpty()) {
      throw new IOException("the folder of " + key + " is not to be found in " + ALL);
    }
    return own;
  }

  /** Gives them back, once they are closed. */
  static void release(List<Path> descriptors) {
    descriptors.forEach(CLAIMED::remove);
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

  /** The descriptor's own text if it has been closed meanwhile, which is nobody's key. */
  private static Object keyOf(Path descriptor) {
    try {
      Object key = Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
      return key == null ? descriptor : key;
    } catch (IOException e) {
      return descriptor;
    }
  }
}
