/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.nio.file.Path;
import java.util.Optional;

/** A file, the bytes it has and the bytes it is to have. */
public final class Replacement {
  private final Path path;
  private final Optional<FileContent> before;
  private final byte[] after;

  /**
   * A replacement.
   *
   * @param before empty if there is no file yet
   */
  public Replacement(Path path, Optional<FileContent> before, byte[] after) {
    this.path = path;
    this.before = before;
    this.after = after;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** What it holds; nothing if it is not there. */
  public byte[] before() {
    return before.map(FileContent::bytes).orElseGet(() -> new byte[0]);
  }

  /** What it is to hold. */
  public byte[] after() {
    return after;
  }

  /** Whether there is anything to do. */
  public boolean changes() {
    return before.isEmpty() || !before.get().is(after);
  }

  /** The file as it was; nothing to put back if it was not there. */
  Optional<Replacement> undone() {
    return before.map(old -> new Replacement(path, Optional.empty(), old.bytes()));
  }
}
