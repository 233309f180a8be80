/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.subid.fitness.PathFacts;
import cadastre.subid.storage.PathState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be seen of a path without changing anything: where it leads, whether it is there, and
 * what the user may do with it.
 */
final class PathSight {
  private final Sight sight;
  private final Account user;

  PathSight(Sight sight, Account user) {
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
        kind(wanted),
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
    return Files.exists(wanted) && may(wanted, Permissions.READ).equals(Optional.of(false));
  }

  /** The {@code f_type} of statfs(2), by way of stat(1); of the running system only. */
  private Optional<Long> magic(Path there) {
    if (!sight.live()) {
      return Optional.empty();
    }
    try {
      String said =
          Commands.run("stat", "--file-system", "--format=%t", "--", there.toString()).said();
      return Optional.of(Long.parseLong(said.strip(), 16));
    } catch (Unseen | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The nearest path that can be seen to be there: it, or a parent. */
  private static Path nearest(Path wanted) {
    return Stream.iterate(wanted, Objects::nonNull, Path::getParent)
        .filter(Files::exists)
        .findFirst()
        .orElse(Path.of("/"));
  }

  /** The nearest folder of a path that can be seen to be there, as the system has it. */
  String nearest(String path) {
    Path there = nearest(sight.at(path).normalize());
    return real(there, there).orElse(path);
  }

  private static Kind kind(Path path) {
    if (Files.exists(path)) {
      return Files.isDirectory(path) ? Kind.FOLDER : Kind.FILE;
    }
    return Files.notExists(path) ? Kind.MISSING : Kind.UNKNOWN;
  }

  /** The path without links as the system has it, what does not exist yet included. */
  private Optional<String> real(Path there, Path wanted) {
    try {
      Path root = sight.at("/").toRealPath();
      Path real = there.toRealPath().resolve(there.relativize(wanted));
      return real.startsWith(root) ? Optional.of("/" + root.relativize(real)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** access(2) where it is we who ask; else what the modes of the path and its parents say. */
  private Optional<Boolean> may(Path path, int what) {
    if (sight.live() && Surroundings.isSelf(user)) {
      return Optional.of(
          switch (what) {
            case Permissions.READ -> Files.isReadable(path);
            case Permissions.WRITE -> Files.isWritable(path);
            default -> Files.isExecutable(path);
          });
    }
    try {
      Path real = path.toRealPath();
      Path root = sight.at("/").toRealPath();
      for (Path parent = real.getParent();
          parent != null && parent.startsWith(root);
          parent = parent.getParent()) {
        if (!Permissions.of(parent).allow(user, Permissions.EXECUTE)) {
          return Optional.of(false);
        }
      }
      return Optional.of(Permissions.of(real).allow(user, what));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
