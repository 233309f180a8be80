/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileLook;
import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.fitness.PathFacts;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be seen of a path without changing anything: where it leads, whether it is there, and
 * what the user may do with it.
 */
final class PathInspector {
  private final HostInspector sight;
  private final UserAccount user;

  PathInspector(HostInspector sight, UserAccount user) {
    this.sight = sight;
    this.user = user;
  }

  /**
   * The facts of a path as a storage.conf names it. A relative one, which Podman refuses, has none.
   */
  PathFacts of(String path) {
    if (!path.startsWith("/")) {
      return PathFacts.unknown(path);
    }
    Path wanted = sight.at(path).normalize();
    Path there = nearest(wanted);
    return new PathFacts(
        real(there, wanted).orElse(path),
        kind(path),
        may(there, Permissions.READ),
        may(there, Permissions.WRITE),
        may(there, Permissions.EXECUTE),
        magic(there),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether a file is there that the user may not read. */
  boolean mayNotRead(String path) {
    Path wanted = sight.at(path).normalize();
    return sight.glimpse(wanted).isPresent()
        && may(wanted, Permissions.READ).equals(Optional.of(false));
  }

  /** The {@code f_type} of statfs(2), by way of stat(1); of the running system only. */
  private Optional<Long> magic(Path there) {
    if (!sight.live()) {
      return Optional.empty();
    }
    try {
      String said =
          SystemPrograms.run("stat", "--file-system", "--format=%t", "--", there.toString()).said();
      return Optional.of(Long.parseLong(said.strip(), 16));
    } catch (Unobservable | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The nearest path that can be seen to be there: it, or a parent. */
  private Path nearest(Path wanted) {
    return Stream.iterate(wanted, Objects::nonNull, Path::getParent)
        .filter(path -> sight.glimpse(path).isPresent())
        .findFirst()
        .orElse(Path.of("/"));
  }

  /** The nearest folder of a path that can be seen to be there, as the system has it. */
  String nearest(String path) {
    Path there = nearest(sight.at(path).normalize());
    return real(there, there).orElse(path);
  }

  private Kind kind(String path) {
    try {
      return sight
          .look(path)
          .map(look -> look.isFolder() ? Kind.FOLDER : Kind.FILE)
          .orElse(Kind.MISSING);
    } catch (Unobservable e) {
      return Kind.UNKNOWN;
    }
  }

  /** The path without links as the system has it, what does not exist yet included. */
  private Optional<String> real(Path there, Path wanted) {
    Path root = sight.at("/");
    return sight
        .real(there)
        .map(real -> real.resolve(there.relativize(wanted)))
        .map(real -> "/" + root.relativize(real));
  }

  /** access(2) where it is we who ask; else what the modes of the path and its parents say. */
  private Optional<Boolean> may(Path path, int what) {
    if (sight.live() && CallerEnvironment.isSelf(user)) {
      return Optional.of(
          sight.allows(
              path,
              switch (what) {
                case Permissions.READ -> AccessMode.READ;
                case Permissions.WRITE -> AccessMode.WRITE;
                default -> AccessMode.EXECUTE;
              }));
    }
    Path root = sight.at("/");
    Optional<Path> real = sight.real(path);
    Optional<FileLook> there = real.flatMap(sight::glimpse);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    for (Path parent = real.get().getParent();
        parent != null && parent.startsWith(root);
        parent = parent.getParent()) {
      Optional<FileLook> folder = sight.glimpse(parent);
      if (folder.isEmpty()) {
        return Optional.empty();
      }
      if (!Permissions.of(folder.get()).allow(user, Permissions.EXECUTE)) {
        return Optional.of(false);
      }
    }
    return Optional.of(Permissions.of(there.get()).allow(user, what));
  }
}
