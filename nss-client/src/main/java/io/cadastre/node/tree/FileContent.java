/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.util.Arrays;

/** What a regular file holds, and whether its mode and owner are as this program leaves them. */
public final class FileContent {
  private final byte[] bytes;
  private final boolean fit;

  FileContent(byte[] bytes, boolean fit) {
    this.bytes = bytes;
    this.fit = fit;
  }

  /** What a file holds after this program has written it. */
  public static FileContent written(byte[] bytes) {
    return new FileContent(bytes, true);
  }

  /** The bytes; not to be changed. */
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
