/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/**
 * Answers questions about paths of a tree that do not need their content: real path, access, free
 * space.
 *
 * @param tree the tree
 */
public record TreeInspector(NodeTree tree) {

  /**
   * A path of the tree without symbolic links.
   *
   * @throws NoSuchFileException if there is no file
   */
  public Path real(Path path) throws IOException, TreeUnfit {
    return Deadline.run(
        path,
        () -> {
          if (tree.live()) {
            return path.toRealPath();
          }
          try (ResolvedPath resolved = tree.resolve(path, true)) {
            if (!Files.exists(resolved.path(), LinkOption.NOFOLLOW_LINKS)) {
              throw new NoSuchFileException(path.toString());
            }
            return resolved.real();
          }
        });
  }

  /** Whether a path is a symbolic link itself. */
  public boolean isLink(Path path) throws IOException, TreeUnfit {
    return Deadline.run(
        path,
        () -> {
          try (ResolvedPath resolved = tree.resolve(path, false)) {
            return Files.isSymbolicLink(resolved.path());
          }
        });
  }

  /**
   * Whether a file has an attribute of the user namespace, xattr(7); {@code name} is without the
   * prefix {@code user.}.
   */
  public boolean hasUserAttribute(Path path, String name) throws IOException, TreeUnfit {
    return Deadline.run(
        path,
        () -> {
          try (ResolvedPath resolved = tree.resolve(path, true)) {
            return Files.getFileAttributeView(resolved.path(), UserDefinedFileAttributeView.class)
                .list()
                .contains(name);
          } catch (UnsupportedOperationException e) {
            return false;
          }
        });
  }

  /**
   * Whether this process may access a path, access(2). Always false for an image, since access(2)
   * would follow links out of it.
   */
  public boolean allows(Path path, AccessMode mode) {
    if (!tree.live()) {
      return false;
    }
    try {
      path.getFileSystem().provider().checkAccess(path, mode);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The bytes that may still be written on the file system of a path. */
  public long usableSpace(Path path) throws IOException, TreeUnfit {
    return Deadline.run(
        path, () -> Files.getFileStore(tree.live() ? path : real(path)).getUsableSpace());
  }
}
