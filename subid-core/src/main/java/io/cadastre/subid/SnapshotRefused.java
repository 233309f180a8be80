/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * Thrown for bytes that are not a whole, well-formed snapshot. The message has the line and the
 * reason.
 */
public final class SnapshotRefused extends Exception {
  private static final long serialVersionUID = 1L;

  SnapshotRefused(String message) {
    super("the snapshot is refused: " + message);
  }

  /** With the refusal of a value in a row as its cause, such as {@link NameRefused}. */
  SnapshotRefused(String message, IllegalArgumentException cause) {
    super("the snapshot is refused: " + message, cause);
  }
}
