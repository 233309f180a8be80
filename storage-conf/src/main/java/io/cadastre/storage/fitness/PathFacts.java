/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.PathState;
import io.cadastre.storage.PathState.Kind;
import java.util.Optional;

/**
 * What is known of a path that a storage.conf names, as the user sees it.
 *
 * @param real the path without links, as far as it exists
 * @param kind what is there; what follows is true of it, or of the nearest parent that is there
 * @param readable by the user, every parent included
 * @param writable by the user
 * @param executable by the user
 * @param magic of statfs(2); the mount table's answer where it is unknown
 * @param userXattr whether it takes attributes of the user namespace, such as user.test
 * @param giving what became of a chown to one of the user's subordinate IDs
 */
public record PathFacts(
    String real,
    Kind kind,
    Optional<Boolean> readable,
    Optional<Boolean> writable,
    Optional<Boolean> executable,
    Optional<Long> magic,
    Optional<Boolean> userXattr,
    Optional<FileSystem.Giving> giving) {

  /** Nothing is known but the path. */
  public static PathFacts unknown(String path) {
    return new PathFacts(
        path,
        Kind.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is there. */
  public Optional<Boolean> exists() {
    return kind == Kind.UNKNOWN ? Optional.empty() : Optional.of(kind != Kind.MISSING);
  }

  /** As the rules of storage.conf see it. */
  public PathState state() {
    return new PathState(kind, real);
  }

  /** These facts with what trying has shown. */
  public PathFacts tried(Optional<Boolean> attributes, Optional<FileSystem.Giving> chown) {
    return new PathFacts(real, kind, readable, writable, executable, magic, attributes, chown);
  }
}
