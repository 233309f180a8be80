/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the files of a tree: regular files only, of bounded size, each within a time limit. Errors
 * name the file and never quote its content.
 *
 * @param tree the tree
 */
public record TreeFileReader(NodeTree tree) {
  /** The most bytes of one file: the same limit as for a snapshot. */
  private static final long MAX_BYTES = HeapShare.atMost(256 << 20);

  private static final int MAX_NAMES = 1000;

  private interface Read {
    Optional<FileContent> from(BoundedFile file) throws IOException, TreeUnfit;
  }

  /**
   * Reads a file that may be a symbolic link, as Fedora's nsswitch.conf is. Empty if there is no
   * file.
   *
   * @throws TreeUnfit if it is not a regular file, or too large for this program's heap
   */
  public Optional<byte[]> readLinked(Path path) throws IOException, TreeUnfit {
    return readLinked(path, file -> file.readAll(MAX_BYTES));
  }

  /**
   * Reads the first {@code most} bytes of a file that a user may have made of any size; otherwise
   * as {@link #readLinked(Path)}.
   */
  public Optional<byte[]> readLinked(Path path, int most) throws IOException, TreeUnfit {
    return readLinked(path, file -> file.readFirst(most));
  }

  private Optional<byte[]> readLinked(Path path, Read read) throws IOException, TreeUnfit {
    return Deadline.run(
            path,
            () -> {
              if (tree.live()) {
                return read.from(BoundedFile.ofSystem(path));
              }
              Optional<ResolvedPath> found = tree.find(path, true);
              if (found.isEmpty()) {
                return Optional.<FileContent>empty();
              }
              try (ResolvedPath resolved = found.get()) {
                return read.from(BoundedFile.resolve(resolved, path));
              }
            })
        .map(FileContent::bytes);
  }

  /**
   * Reads several files of one folder, which is resolved once. The answers are in the order of the
   * names; a file that does not exist is empty.
   *
   * @param linked whether the files may be symbolic links; a link is refused otherwise
   * @throws TreeUnfit if one is not a regular file, or too large for this program's heap
   */
  public List<Optional<FileContent>> readAll(Path folder, boolean linked, String... names)
      throws IOException, TreeUnfit {
    return Deadline.run(folder, () -> readNow(folder, linked, names));
  }

  /** As {@link #readAll}, but what is a symbolic link or no regular file counts as missing. */
  public List<Optional<FileContent>> readPlain(Path folder, String... names) throws IOException {
    List<Optional<FileContent>> contents = new ArrayList<>();
    for (String name : names) {
      try {
        contents.addAll(readAll(folder, false, name));
      } catch (TreeUnfit e) {
        contents.add(Optional.empty());
      }
    }
    return contents;
  }

  private List<Optional<FileContent>> readNow(Path folder, boolean linked, String... names)
      throws IOException, TreeUnfit {
    List<Optional<FileContent>> contents = new ArrayList<>();
    Optional<ResolvedPath> found = tree.find(folder.resolve("."), true);
    if (found.isEmpty()) {
      for (int i = 0; i < names.length; i++) {
        contents.add(Optional.empty());
      }
      return contents;
    }
    try (ResolvedPath resolved = found.get()) {
      for (String name : names) {
        Path path = folder.resolve(name);
        contents.add(
            linked && Files.isSymbolicLink(resolved.sibling(name))
                ? readLinked(path).map(FileContent::written)
                : BoundedFile.sibling(resolved, name, path).readAll(MAX_BYTES));
      }
    }
    return contents;
  }

  /**
   * Lists the names in a folder; no names if there is no such folder.
   *
   * @throws TreeUnfit if there are more than 1,000
   */
  public List<String> names(Path folder) throws IOException, TreeUnfit {
    return Deadline.run(
        folder,
        () -> {
          try (ResolvedPath resolved =
                  tree.find(folder.resolve("."), true)
                      .orElseThrow(() -> new NoSuchFileException(folder.toString()));
              DirectoryStream<Path> all = Files.newDirectoryStream(resolved.folder())) {
            List<String> names = new ArrayList<>();
            for (Path file : all) {
              names.add(file.getFileName().toString());
              if (names.size() > MAX_NAMES) {
                throw new TreeUnfit(
                    ExitStatus.CONFIGURATION,
                    "%s holds more than %,d files".formatted(folder, MAX_NAMES));
              }
            }
            return names;
          } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
          }
        });
  }
}
