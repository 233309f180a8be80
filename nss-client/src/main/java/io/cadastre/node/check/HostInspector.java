/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileLook;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeInspector;
import io.cadastre.node.tree.TreeUnfit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be seen in a node's file tree, /proc and /sys included; paths are as the system has
 * them.
 */
final class HostInspector {
  private final NodeTree tree;
  private final TreeInspector seen;

  HostInspector(NodeTree tree) {
    this.tree = tree;
    this.seen = new TreeInspector(tree);
  }

  /** Whether the tree is the running system, so that its programs can be asked. */
  boolean live() {
    return tree.live();
  }

  /** Where a path of the system lies. */
  Path at(String path) {
    return tree.root().resolve(path.replaceFirst("^/+", ""));
  }

  /**
   * Whether there is such a file.
   *
   * @throws Unobservable if a folder on the way is closed to us
   */
  boolean exists(String path) throws Unobservable {
    return look(path).isPresent();
  }

  /**
   * What a path leads to; empty if there is nothing.
   *
   * @throws Unobservable if a folder on the way is closed to us
   */
  Optional<FileLook> look(String path) throws Unobservable {
    try {
      return tree.look(at(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable(path + " may not be looked at by this user");
    }
  }

  /** What a path leads to, if there is something to be seen. */
  Optional<FileLook> glimpse(Path path) {
    try {
      return tree.look(path);
    } catch (IOException | TreeUnfit e) {
      return Optional.empty();
    }
  }

  /** A path without links; empty if that cannot be said. */
  Optional<Path> real(Path path) {
    try {
      return Optional.of(seen.real(path));
    } catch (IOException | TreeUnfit e) {
      return Optional.empty();
    }
  }

  /** Whether we may, on the running system. */
  boolean allows(Path path, AccessMode mode) {
    return seen.allows(path, mode);
  }

  /**
   * The names in a folder; none if there is no such folder.
   *
   * @throws Unobservable if it is closed to us
   */
  List<String> names(String folder) throws Unobservable {
    try {
      return tree.names(at(folder));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("%s cannot be read: %s".formatted(folder, e.getMessage()));
    }
  }

  /**
   * The bytes that may still be written where a path leads to.
   *
   * @throws Unobservable if that cannot be said
   */
  long usableSpace(String path) throws Unobservable {
    try {
      return seen.usableSpace(at(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable(
          "the free space of %s is not known: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The text of a file; empty if there is none.
   *
   * @throws Unobservable if it is there and cannot be read
   */
  Optional<String> text(String path) throws Unobservable {
    return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * The bytes of a file; empty if there is none.
   *
   * @throws Unobservable if it is there and cannot be read
   */
  Optional<byte[]> bytes(String path) throws Unobservable {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return tree.readLinked(at(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The first bytes of a file that a user may have made of any size; empty if there is none.
   *
   * @throws Unobservable if it is there and cannot be read
   */
  Optional<byte[]> bytes(String path, int most) throws Unobservable {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return tree.readLinked(at(path), most);
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The number that a file of /proc holds; empty if there is no such file.
   *
   * @throws Unobservable if it cannot be read, or holds something else
   */
  OptionalLong number(String path) throws Unobservable {
    Optional<String> text = text(path);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get().strip()));
    } catch (NumberFormatException e) {
      throw new Unobservable(path + " holds no number");
    }
  }

  /**
   * The mode, owner and group of a file, links followed; empty if there is none.
   *
   * @throws Unobservable if it may not be looked at
   */
  Optional<Permissions> permissions(String path) throws Unobservable {
    return look(path).map(Permissions::of);
  }
}
