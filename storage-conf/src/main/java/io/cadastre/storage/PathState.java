/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * What is at a path that the settings name.
 *
 * @param kind what is there
 * @param real the path with its symbolic links followed; the path itself where that is not known
 */
public record PathState(Kind kind, String real) {
  /** What a path is, links followed. */
  public enum Kind {
    /** Nobody looked: the rules take it to be as it has to be. */
    UNKNOWN,
    /** There is nothing. */
    MISSING,
    /** A folder. */
    FOLDER,
    /** Anything else. */
    FILE
  }

  /** The state of a path that nobody looked at. */
  public static PathState unknown(String path) {
    return new PathState(Kind.UNKNOWN, path);
  }
}
