/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * The state of a path in the settings.
 *
 * @param kind the kind of file at the path
 * @param real the path with its symbolic links followed; the path itself if that is unknown
 */
public record PathState(Kind kind, String real) {
  /** The kind of file at a path, with links followed. */
  public enum Kind {
    /** The path was not examined: the rules assume the kind that they need. */
    UNKNOWN,
    /** The path does not exist. */
    MISSING,
    /** A folder. */
    FOLDER,
    /** Any other file. */
    FILE
  }

  /** Returns the state of a path that was not examined. */
  public static PathState unknown(String path) {
    return new PathState(Kind.UNKNOWN, path);
  }
}
