/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to replace: its path, its content before, and its bytes afterwards. Mode and owner become
 * those that this program sets, or stay what they were. Immutable.
 */
public final class Replacement {
  private final Path path;
  private final Optional<FileContent> before;
  private final byte[] after;
  private final Optional<FileStat> kept;

  /**
   * A replacement.
   *
   * @param before empty if there is no file yet
   * @param after the bytes to write
   */
  public Replacement(Path path, Optional<FileContent> before, byte[] after) {
    this(path, before, after, Optional.empty());
  }

  private Replacement(
      Path path, Optional<FileContent> before, byte[] after, Optional<FileStat> kept) {
    this.path = path;
    this.before = before;
    this.after = after;
    this.kept = kept;
  }

  /**
   * The replacement of a file that is not this program's own: mode, owner and group stay.
   *
   * @param seen the attributes of the file; empty if there is none yet
   */
  public static Replacement keeping(
      Path path, Optional<FileContent> before, byte[] after, Optional<FileStat> seen) {
    return new Replacement(path, before, after, seen);
  }

  /** The path of the file. */
  public Path path() {
    return path;
  }

  /** The bytes of the file; no bytes if it does not exist. */
  public byte[] before() {
    return before.map(FileContent::bytes).orElseGet(() -> new byte[0]);
  }

  /** The bytes to write. */
  public byte[] after() {
    return after;
  }

  /** Whether the file does not exist yet. */
  public boolean isNew() {
    return before.isEmpty();
  }

  /** The mode and the owner that the file keeps; empty if this program sets them. */
  Optional<FileStat> kept() {
    return kept;
  }

  /** Whether writing would change anything. */
  public boolean changes() {
    return before.isEmpty() || !before.get().is(after);
  }

  /** The replacement that restores the file; empty if it did not exist. */
  Optional<Replacement> undone() {
    return before.map(old -> new Replacement(path, Optional.empty(), old.bytes(), kept));
  }
}
