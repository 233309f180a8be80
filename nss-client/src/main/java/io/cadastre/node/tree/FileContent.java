/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.util.Arrays;

/**
 * The content of a regular file, and whether its mode and owner are those that this program sets.
 * Immutable.
 */
public final class FileContent {
  private final byte[] bytes;
  private final boolean fit;

  FileContent(byte[] bytes, boolean fit) {
    this.bytes = bytes;
    this.fit = fit;
  }

  /** The content of a file that this program has written. */
  public static FileContent written(byte[] bytes) {
    return new FileContent(bytes, true);
  }

  /** The bytes; the caller must not change them. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether the mode is 0644 and, where this program runs as root, owner and group are root. */
  public boolean fit() {
    return fit;
  }

  /** Whether writing {@code wanted} would change nothing. */
  public boolean is(byte[] wanted) {
    return fit && Arrays.equals(bytes, wanted);
  }
}
