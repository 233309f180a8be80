/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileStat;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
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
 * Observes a node's file tree, /proc and /sys included. Paths are those of the system, without the
 * root of the tree. Opens files through {@code node.tree} only.
 */
final class HostInspector {
  private final NodeTree tree;
  private final TreeInspector seen;

  HostInspector(NodeTree tree) {
    this.tree = tree;
    this.seen = new TreeInspector(tree);
  }

  /** Whether the tree is the running system's, so that its programs can be run. */
  boolean live() {
    return tree.live();
  }

  /**
   * The path of the tree for a path of the system. No file has a NUL in its name, but a text of
   * TOML can have one: U+FFFD stands for it.
   */
  Path resolve(String path) {
    return tree.root().resolve(path.replaceFirst("^/+", "").replace('\0', '\uFFFD'));
  }

  /**
   * Whether a file exists.
   *
   * @throws Unobservable if this process may not search a folder on the way
   */
  boolean exists(String path) throws Unobservable {
    return stat(path).isPresent();
  }

  /**
   * The attributes of a file, symbolic links followed; empty if it does not exist.
   *
   * @throws Unobservable if this process may not search a folder on the way
   */
  Optional<FileStat> stat(String path) throws Unobservable {
    try {
      return tree.stat(resolve(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable(path + " is not accessible for this user");
    }
  }

  /** The attributes of a file; empty if it does not exist or cannot be seen. */
  Optional<FileStat> tryStat(Path path) {
    try {
      return tree.stat(path);
    } catch (IOException | TreeUnfit e) {
      return Optional.empty();
    }
  }

  /** A path without symbolic links; empty if that is not known. */
  Optional<Path> real(Path path) {
    try {
      return Optional.of(seen.real(path));
    } catch (IOException | TreeUnfit e) {
      return Optional.empty();
    }
  }

  /** Whether a path is a symbolic link itself; false if that is not known. */
  boolean isLink(String path) {
    try {
      return seen.isLink(resolve(path));
    } catch (IOException | TreeUnfit e) {
      return false;
    }
  }

  /**
   * Whether a file has an attribute of the user namespace, xattr(7); false if that is not known.
   */
  boolean hasUserAttribute(Path path, String name) {
    try {
      return seen.hasUserAttribute(path, name);
    } catch (IOException | TreeUnfit e) {
      return false;
    }
  }

  /** Whether this process may access a path; always false on another tree. */
  boolean allows(Path path, AccessMode mode) {
    return seen.allows(path, mode);
  }

  /**
   * The names in a folder; none if it does not exist.
   *
   * @throws Unobservable if it cannot be read
   */
  List<String> names(String folder) throws Unobservable {
    try {
      return new TreeFileReader(tree).names(resolve(folder));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("%s cannot be read: %s".formatted(folder, e.getMessage()));
    }
  }

  /**
   * The bytes that may still be written on the file system of a path.
   *
   * @throws Unobservable if that is not known
   */
  long usableSpace(String path) throws Unobservable {
    try {
      return seen.usableSpace(resolve(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable(
          "the free space of %s is not known: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The text of a file; empty if it does not exist.
   *
   * @throws Unobservable if it exists and cannot be read
   */
  Optional<String> text(String path) throws Unobservable {
    return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * The bytes of a file; empty if it does not exist.
   *
   * @throws Unobservable if it exists and cannot be read
   */
  Optional<byte[]> bytes(String path) throws Unobservable {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return new TreeFileReader(tree).readLinked(resolve(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The first {@code most} bytes of a file that a user may have made of any size; empty if it does
   * not exist.
   *
   * @throws Unobservable if it exists and cannot be read
   */
  Optional<byte[]> bytes(String path, int most) throws Unobservable {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return new TreeFileReader(tree).readLinked(resolve(path), most);
    } catch (IOException | TreeUnfit e) {
      throw new Unobservable("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The number in a file of /proc; empty if it does not exist.
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
   * The mode, owner and group of a file, symbolic links followed; empty if it does not exist.
   *
   * @throws Unobservable if it cannot be seen
   */
  Optional<Permissions> permissions(String path) throws Unobservable {
    return stat(path).map(Permissions::of);
  }
}
