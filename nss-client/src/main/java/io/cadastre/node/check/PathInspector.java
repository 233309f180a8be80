/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileStat;
import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.fitness.PathFacts;
import io.cadastre.storage.fitness.PathFacts.Owner;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Observes a path without changing anything: where it leads, whether it exists, and what the user
 * may do with it.
 */
final class PathInspector {
  private final HostInspector host;
  private final UserAccount user;

  PathInspector(HostInspector host, UserAccount user) {
    this.host = host;
    this.user = user;
  }

  /** The facts of a path in a storage.conf. A relative path has none: Podman refuses it. */
  PathFacts inspect(String path) {
    return inspect(path, this::magic);
  }

  /** The facts of a path, without its file system. */
  PathFacts inspectAccess(String path) {
    return inspect(path, there -> Optional.empty());
  }

  private PathFacts inspect(String path, Function<Path, Optional<Long>> fileSystem) {
    if (!path.startsWith("/")) {
      return PathFacts.unknown(path);
    }
    Path wanted = host.resolve(path).normalize();
    Path there = nearest(wanted);
    return new PathFacts(
        real(there, wanted).orElse(path),
        kind(path),
        may(there, Permissions.READ),
        may(there, Permissions.WRITE),
        may(there, Permissions.EXECUTE),
        fileSystem.apply(there),
        Optional.empty(),
        Optional.empty(),
        host.tryStat(wanted).map(file -> new Owner(file.uid(), file.gid(), false)));
  }

  /** Whether a file exists and the user may not read it. */
  boolean mayNotRead(String path) {
    Path wanted = host.resolve(path).normalize();
    return host.tryStat(wanted).isPresent()
        && may(wanted, Permissions.READ).equals(Optional.of(false));
  }

  /** The {@code f_type} of statfs(2), from stat(1); on the running system only. */
  private Optional<Long> magic(Path there) {
    if (!host.live()) {
      return Optional.empty();
    }
    try {
      String output =
          SystemPrograms.run("stat", "--file-system", "--format=%t", "--", there.toString())
              .output();
      return Optional.of(Long.parseLong(output.strip(), 16));
    } catch (Unobservable | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The path itself, or its nearest parent, that is seen to exist. */
  private Path nearest(Path wanted) {
    return Stream.iterate(wanted, Objects::nonNull, Path::getParent)
        .filter(path -> host.tryStat(path).isPresent())
        .findFirst()
        .orElse(Path.of("/"));
  }

  /** The nearest existing folder of a path, as a path of the system without symbolic links. */
  String nearest(String path) {
    Path there = nearest(host.resolve(path).normalize());
    return real(there, there).orElse(path);
  }

  private Kind kind(String path) {
    try {
      return host.stat(path)
          .map(file -> file.isFolder() ? Kind.FOLDER : Kind.FILE)
          .orElse(Kind.MISSING);
    } catch (Unobservable e) {
      return Kind.UNKNOWN;
    }
  }

  /** The path of the system without symbolic links, including components that do not exist yet. */
  private Optional<String> real(Path there, Path wanted) {
    Path root = host.resolve("/");
    return host.real(there)
        .map(real -> real.resolve(there.relativize(wanted)))
        .map(real -> "/" + root.relativize(real));
  }

  /**
   * Whether the user may: access(2) if the user is the caller, otherwise the modes of the path and
   * its parents.
   */
  private Optional<Boolean> may(Path path, int what) {
    if (host.live() && CallerEnvironment.isSelf(user)) {
      return Optional.of(
          host.allows(
              path,
              switch (what) {
                case Permissions.READ -> AccessMode.READ;
                case Permissions.WRITE -> AccessMode.WRITE;
                default -> AccessMode.EXECUTE;
              }));
    }
    Path root = host.resolve("/");
    Optional<Path> real = host.real(path);
    Optional<FileStat> there = real.flatMap(host::tryStat);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    for (Path parent = real.get().getParent();
        parent != null && parent.startsWith(root);
        parent = parent.getParent()) {
      Optional<FileStat> folder = host.tryStat(parent);
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
