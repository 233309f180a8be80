/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A name in a folder of a tree. In an image the folder is held open, so that {@link #path()} leads
 * to the same folder even if names around it are exchanged. On the running system it is the plain
 * path.
 */
final class ResolvedPath implements AutoCloseable {
  private static final int WRITABLE_BY_OTHERS = 0_022;

  private final Path folder;
  private final String name;
  private final Path real;
  private final Optional<OpenFolder> held;

  /**
   * A resolved path.
   *
   * @param folder the folder
   * @param name a name in the folder, or "." for the folder itself
   * @param real the path without symbolic links, for messages
   * @param held the open folder; empty on the running system
   */
  ResolvedPath(Path folder, String name, Path real, Optional<OpenFolder> held) {
    this.folder = folder;
    this.name = name;
    this.real = real;
    this.held = held;
  }

  /** The path of the file, for a call that does not follow links. */
  Path path() {
    return folder.resolve(name);
  }

  /** Another name in the same folder. */
  Path sibling(String other) {
    return folder.resolve(other);
  }

  /** The folder. */
  Path folder() {
    return folder;
  }

  /** The name in the folder. */
  String name() {
    return name;
  }

  /** Whether an account other than root may exchange names in the folder. */
  boolean isContested() throws IOException {
    if (held.isEmpty()) {
      return false;
    }
    Map<String, Object> seen = Files.readAttributes(folder, "unix:mode,uid");
    return !Integer.valueOf(0).equals(seen.get("uid"))
        || !(seen.get("mode") instanceof Integer mode)
        || (mode & WRITABLE_BY_OTHERS) != 0;
  }

  /** Whether the folder is held open, as that of an image is. */
  boolean isHeld() {
    return held.isPresent();
  }

  /** The path without symbolic links when it was resolved; it may lead elsewhere now. */
  Path real() {
    return real;
  }

  @Override
  public void close() throws IOException {
    if (held.isPresent()) {
      held.get().close();
    }
  }
}
