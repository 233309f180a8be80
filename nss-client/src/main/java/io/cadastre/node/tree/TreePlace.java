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
 * A name in a folder of a tree. In an image the folder is held open, and stays the same folder
 * whatever is renamed around it: {@link #path()} leads to no other. Of the running system it is the
 * path itself.
 */
final class TreePlace implements AutoCloseable {
  private static final int WRITABLE_BY_OTHERS = 0_022;

  private final Path folder;
  private final String name;
  private final Path real;
  private final Optional<HeldFolder> held;

  /**
   * A place.
   *
   * @param folder to work in
   * @param name of a file in it, or "." for itself
   * @param real the same place as a path without links, for messages
   * @param held what keeps the folder open
   */
  TreePlace(Path folder, String name, Path real, Optional<HeldFolder> held) {
    this.folder = folder;
    this.name = name;
    this.real = real;
    this.held = held;
  }

  /** Where the file is, for a call that does not follow links. */
  Path path() {
    return folder.resolve(name);
  }

  /** Another name in the same folder. */
  Path beside(String other) {
    return folder.resolve(other);
  }

  /** The folder. */
  Path folder() {
    return folder;
  }

  /** The name. */
  String name() {
    return name;
  }

  /** Whether somebody else than root may exchange names in the folder meanwhile. */
  boolean isContested() throws IOException {
    if (held.isEmpty()) {
      return false;
    }
    Map<String, Object> seen = Files.readAttributes(folder, "unix:mode,uid");
    return !Integer.valueOf(0).equals(seen.get("uid"))
        || !(seen.get("mode") instanceof Integer mode)
        || (mode & WRITABLE_BY_OTHERS) != 0;
  }

  /** Whether the folder is held open, as an image's is. */
  boolean isHeld() {
    return held.isPresent();
  }

  /** The place as a path without links; by now it may lead elsewhere. */
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
