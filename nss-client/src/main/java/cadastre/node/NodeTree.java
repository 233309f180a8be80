/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.subid.IdType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file tree of a node: the running system's, or an image's. No path of it is followed out of
 * it: in an image, a link to /etc is the builder's /etc.
 *
 * @param root its root, an absolute path without links
 */
record NodeTree(Path root) {

  /** The tree whose root is {@code dir}. */
  static NodeTree at(Path dir) throws IOException, TreeUnfit {
    if (!Files.isDirectory(dir)) {
      throw new TreeUnfit(ExitStatus.CONFIGURATION, "the root " + dir + " is no directory");
    }
    NodeTree tree = new NodeTree(dir.toRealPath());
    if (!Files.isDirectory(tree.etc())) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "%s is no directory; --root expects a system's file tree".formatted(tree.etc()));
    }
    tree.requireInside(tree.etc());
    return tree;
  }

  /** Where shadow's files are. */
  Path etc() {
    return root.resolve("etc");
  }

  /** /etc/subuid or /etc/subgid. */
  Path file(IdType type) {
    return etc().resolve(type.word());
  }

  /** The last good snapshot. */
  Path snapshot() {
    return stateDirectory().resolve("snapshot");
  }

  /** What was true when the last sync ended. */
  Path state() {
    return stateDirectory().resolve("state");
  }

  private Path stateDirectory() {
    return root.resolve("var/lib/cadastre");
  }

  /** A file of this tree as the system itself names it: without the root. */
  String shown(Path path) {
    return "/" + root.relativize(path);
  }

  /** Creates the folder of the state. */
  void createStateDirectory() throws IOException, TreeUnfit {
    Path existing = stateDirectory();
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.resolveSibling("..").normalize();
    }
    requireInside(existing);
    Files.createDirectories(stateDirectory());
    requireInside(stateDirectory());
  }

  /** The bytes of a regular file; empty if there is none. A link is refused. */
  Optional<byte[]> read(Path path) throws IOException, TreeUnfit {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      requireRegular(path);
      requireInside(path);
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(in.readAllBytes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void requireRegular(Path path) throws TreeUnfit {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new TreeUnfit(
          ExitStatus.CANNOT_CREATE,
          "%s is a link or no regular file, and is not replaced; put a plain file there"
              .formatted(path));
    }
  }

  private void requireInside(Path path) throws IOException, TreeUnfit {
    if (!path.toRealPath().startsWith(root)) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "%s leads out of the tree, to %s".formatted(path, path.toRealPath()));
    }
  }
}
