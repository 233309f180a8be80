/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/** Bytes that are not a whole, well-formed snapshot; the message says which line and why. */
public final class SnapshotRefused extends Exception {
  private static final long serialVersionUID = 1L;

  SnapshotRefused(String message) {
    super("the snapshot is refused: " + message);
  }

  /**
   * With the reason that the value itself gave: a {@link NameRefused} for a name that could forge a
   * line.
   */
  SnapshotRefused(String message, IllegalArgumentException cause) {
    super("the snapshot is refused: " + message, cause);
  }
}
