/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several files of one folder, read one after the other: the folder is looked for once.
 *
 * @param tree where
 * @param folder the folder, a path of the tree
 */
public record FileSet(NodeTree tree, Path folder) {

  /**
   * What each of them holds, as {@link NodeTree#read} reads it, or if it is a link, where that is
   * allowed, as {@link NodeTree#readLinked}.
   *
   * @param linked whether they may be links
   */
  public List<Optional<FileContent>> read(boolean linked, String... names)
      throws IOException, TreeUnfit {
    return NodeTree.within(folder, () -> readNow(linked, names));
  }

  private List<Optional<FileContent>> readNow(boolean linked, String... names)
      throws IOException, TreeUnfit {
    List<Optional<FileContent>> all = new ArrayList<>();
    Optional<TreePlace> found = tree.find(folder.resolve("."), true);
    if (found.isEmpty()) {
      for (int i = 0; i < names.length; i++) {
        all.add(Optional.empty());
      }
      return all;
    }
    try (TreePlace place = found.get()) {
      for (String name : names) {
        Path path = folder.resolve(name);
        all.add(
            linked && Files.isSymbolicLink(place.beside(name))
                ? tree.readLinked(path).map(FileContent::written)
                : BoundedFile.beside(place, name, path).all(NodeTree.MOST));
      }
    }
    return all;
  }
}
