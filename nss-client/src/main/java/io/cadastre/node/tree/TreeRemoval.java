/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Removes files of a tree. A removed file may return after a power failure. A symbolic link is
 * removed itself.
 */
public final class TreeRemoval {
  private TreeRemoval() {}

  /** Removes a file. No error if there is none, or no folder of it. */
  public static void remove(NodeTree tree, Path path) throws IOException, TreeUnfit {
    Optional<ResolvedPath> found = tree.find(path, false);
    if (found.isPresent()) {
      try (ResolvedPath target = found.get()) {
        Files.deleteIfExists(target.path());
      }
    }
  }

  /** Removes a folder that has no files and is no mount point; any other one stays. */
  public static void removeIfEmpty(NodeTree tree, Path folder) throws IOException, TreeUnfit {
    Optional<ResolvedPath> found = tree.find(folder, false);
    if (found.isEmpty()) {
      return;
    }
    try (ResolvedPath target = found.get()) {
      if (Files.isDirectory(target.path(), LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(target.path());
      }
    } catch (FileSystemException e) {
      // it has files, or is a mount point
    }
  }
}
