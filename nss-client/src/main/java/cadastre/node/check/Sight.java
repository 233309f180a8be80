/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.node.tree.NodeTree;
import cadastre.node.tree.TreeUnfit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be seen in a node's file tree, /proc and /sys included; paths are as the system has
 * them.
 */
final class Sight {
  private final NodeTree tree;

  Sight(NodeTree tree) {
    this.tree = tree;
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
   * @throws Unseen if a folder on the way is closed to us
   */
  boolean exists(String path) throws Unseen {
    if (Files.exists(at(path))) {
      return true;
    }
    if (Files.notExists(at(path))) {
      return false;
    }
    throw new Unseen(path + " may not be looked at by this user");
  }

  /**
   * The text of a file; empty if there is none.
   *
   * @throws Unseen if it is there and cannot be read
   */
  Optional<String> text(String path) throws Unseen {
    return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * The bytes of a file; empty if there is none.
   *
   * @throws Unseen if it is there and cannot be read
   */
  Optional<byte[]> bytes(String path) throws Unseen {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return tree.readLinked(at(path));
    } catch (IOException | TreeUnfit e) {
      throw new Unseen("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The first bytes of a file that a user may have made of any size; empty if there is none.
   *
   * @throws Unseen if it is there and cannot be read
   */
  Optional<byte[]> bytes(String path, int most) throws Unseen {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return tree.readLinked(at(path), most);
    } catch (IOException | TreeUnfit e) {
      throw new Unseen("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The number that a file of /proc holds; empty if there is no such file.
   *
   * @throws Unseen if it cannot be read, or holds something else
   */
  OptionalLong number(String path) throws Unseen {
    Optional<String> text = text(path);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get().strip()));
    } catch (NumberFormatException e) {
      throw new Unseen("%s holds \"%s\", and no number".formatted(path, text.get().strip()));
    }
  }

  /**
   * The mode, owner and group of a file, links followed; empty if there is none.
   *
   * @throws Unseen if it may not be looked at
   */
  Optional<Permissions> permissions(String path) throws Unseen {
    if (!exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Permissions.of(at(path)));
    } catch (IOException e) {
      throw new Unseen("%s may not be looked at: %s".formatted(path, e.getMessage()));
    }
  }
}
