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

/**
 * What else is to be seen in a tree than what files hold: where paths lead, what is allowed, what
 * room there is.
 *
 * @param tree the tree
 */
public record TreeInspector(NodeTree tree) {

  /**
   * A path of the tree without links.
   *
   * @throws NoSuchFileException if there is nothing
   */
  public Path real(Path path) throws IOException, TreeUnfit {
    return NodeTree.within(
        path,
        () -> {
          if (tree.live()) {
            return path.toRealPath();
          }
          try (TreePlace place = tree.place(path, true)) {
            if (!Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS)) {
              throw new NoSuchFileException(path.toString());
            }
            return place.real();
          }
        });
  }

  /** Whether this process itself may; of the running system only, since access(2) follows links. */
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

  /** The bytes that may still be written where this path leads to. */
  public long usableSpace(Path path) throws IOException, TreeUnfit {
    return NodeTree.within(
        path, () -> Files.getFileStore(tree.live() ? path : real(path)).getUsableSpace());
  }
}
