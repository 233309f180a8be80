/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.PathState;
import io.cadastre.storage.PathState.Kind;
import java.util.Optional;

/**
 * The known facts about a path in a storage.conf, for one user. Immutable.
 *
 * @param real the path with links followed, as far as it exists
 * @param kind the kind of file at the path; the other facts are about that file, or its nearest
 *     parent that exists
 * @param readable whether the user may read it, with every parent
 * @param writable whether the user may write to it
 * @param executable whether the user may execute it
 * @param magic the {@code f_type} of statfs(2); if it is unknown, the mount table decides
 * @param userXattr whether it accepts extended attributes of the user namespace, such as user.test
 * @param giving the result of a chown to one of the user's subordinate IDs
 * @param owner the owner of the file at the path; empty if it does not exist
 */
public record PathFacts(
    String real,
    Kind kind,
    Optional<Boolean> readable,
    Optional<Boolean> writable,
    Optional<Boolean> executable,
    Optional<Long> magic,
    Optional<Boolean> userXattr,
    Optional<FileSystem.Giving> giving,
    Optional<Owner> owner) {

  /**
   * The owner of a file.
   *
   * @param uid the uid on the host
   * @param gid the gid on the host
   * @param overridden whether {@code user.containers.override_stat}, the attribute that force_mask
   *     writes, sets other IDs for containers
   */
  public record Owner(long uid, long gid, boolean overridden) {}

  /** Creates the facts about a path without its owner. */
  public PathFacts(
      String real,
      Kind kind,
      Optional<Boolean> readable,
      Optional<Boolean> writable,
      Optional<Boolean> executable,
      Optional<Long> magic,
      Optional<Boolean> userXattr,
      Optional<FileSystem.Giving> giving) {
    this(real, kind, readable, writable, executable, magic, userXattr, giving, Optional.empty());
  }

  /** Returns the facts about a path that was not examined. */
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

  /** Returns whether the path exists; empty if that is unknown. */
  public Optional<Boolean> exists() {
    return kind == Kind.UNKNOWN ? Optional.empty() : Optional.of(kind != Kind.MISSING);
  }

  /** Returns the state for the rules of storage.conf. */
  public PathState state() {
    return new PathState(kind, real);
  }

  /** Returns a copy with the results of a try. */
  public PathFacts tried(Optional<Boolean> attributes, Optional<FileSystem.Giving> chown) {
    return new PathFacts(
        real, kind, readable, writable, executable, magic, attributes, chown, owner);
  }

  /** Returns a copy with the owner. */
  public PathFacts ownedBy(Optional<Owner> other) {
    return new PathFacts(
        real, kind, readable, writable, executable, magic, userXattr, giving, other);
  }
}
