/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads the files of a tree: regular files only, of bounded size, each within a time limit. Errors
 * name the file and never quote its content. Its work is in named classes: the timer's run has no
 * lambda of its own (docs/decisions/0083).
 *
 * @param tree the tree
 */
public record TreeFileReader(NodeTree tree) {
  /** The most bytes of one file: the same limit as for a snapshot. */
  private static final long MAX_BYTES = HeapShare.atMost(256 << 20);

  private static final int MAX_NAMES = 1000;
  private static final int PIECE = 1 << 16;

  /** What is done with a file, once it is found. Thread-safe. */
  private interface Use<T> {
    Optional<T> of(BoundedFile file) throws IOException, TreeUnfit;
  }

  /** Reads at most {@code most} bytes into memory, or else refuses a file that has more. */
  private record Content(long most, boolean cut) implements Use<FileContent> {
    @Override
    public Optional<FileContent> of(BoundedFile file) throws IOException, TreeUnfit {
      return cut ? file.readFirst(most) : file.readAll(most);
    }
  }

  private static final Content WHOLE = new Content(MAX_BYTES, false);

  /** Reads a file piece by piece, for its checksum. */
  private static final class Sum implements Use<FileSum> {
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

    @Override
    public Optional<FileSum> of(BoundedFile file) throws IOException, TreeUnfit {
      return file.sum(MAX_BYTES, piece);
    }
  }

  /**
   * Reads a file that may be a symbolic link, as Fedora's nsswitch.conf is. Empty if there is no
   * file.
   *
   * @throws TreeUnfit if it is not a regular file, or too large for this program's heap
   */
  public Optional<byte[]> readLinked(Path path) throws IOException, TreeUnfit {
    return bytes(linked(path, WHOLE));
  }

  /**
   * Reads the first {@code most} bytes of a file that a user may have made of any size; otherwise
   * as {@link #readLinked(Path)}.
   */
  public Optional<byte[]> readLinked(Path path, int most) throws IOException, TreeUnfit {
    return bytes(linked(path, new Content(most, true)));
  }

  private static Optional<byte[]> bytes(Optional<FileContent> file) {
    return file.isPresent() ? Optional.of(file.get().bytes()) : Optional.empty();
  }

  private <T> Optional<T> linked(Path path, Use<T> use) throws IOException, TreeUnfit {
    return Deadline.run(path, new Linked<>(tree, path, use));
  }

  /** One file, symbolic links followed. */
  private record Linked<T>(NodeTree tree, Path path, Use<T> use)
      implements Deadline.Work<Optional<T>> {
    @Override
    public Optional<T> call() throws IOException, TreeUnfit {
      if (tree.live()) {
        return use.of(BoundedFile.ofSystem(path));
      }
      Optional<ResolvedPath> found = tree.find(path, true);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (ResolvedPath resolved = found.get()) {
        return use.of(BoundedFile.resolve(resolved, path));
      }
    }
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
    return Deadline.run(folder, new InFolder<>(this, folder, linked, WHOLE, List.of(names)));
  }

  /** As {@link #readAll}, but only the checksum of each file is kept. */
  public List<Optional<FileSum>> sums(Path folder, boolean linked, String... names)
      throws IOException, TreeUnfit {
    return Deadline.run(folder, new InFolder<>(this, folder, linked, new Sum(), List.of(names)));
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

  /** Several files of one folder. */
  private record InFolder<T>(
      TreeFileReader reader, Path folder, boolean linked, Use<T> use, List<String> names)
      implements Deadline.Work<List<Optional<T>>> {
    @Override
    public List<Optional<T>> call() throws IOException, TreeUnfit {
      List<Optional<T>> all = new ArrayList<>();
      Optional<ResolvedPath> found = reader.tree().find(folder.resolve("."), true);
      if (found.isEmpty()) {
        return Collections.nCopies(names.size(), Optional.empty());
      }
      try (ResolvedPath resolved = found.get()) {
        for (String name : names) {
          Path path = folder.resolve(name);
          all.add(
              linked && Files.isSymbolicLink(resolved.sibling(name))
                  ? reader.linked(path, use)
                  : use.of(BoundedFile.sibling(resolved, name, path)));
        }
      }
      return all;
    }
  }

  /** Whether there is something of this name; a symbolic link is not followed. */
  public boolean has(Path path) throws IOException, TreeUnfit {
    Optional<ResolvedPath> found = tree.find(path, false);
    if (found.isEmpty()) {
      return false;
    }
    try (ResolvedPath resolved = found.get()) {
      return Files.exists(resolved.path(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** The text of a symbolic link; empty if there is none. */
  public Optional<Path> link(Path path) throws IOException, TreeUnfit {
    Optional<ResolvedPath> found = tree.find(path, false);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (ResolvedPath resolved = found.get()) {
      return Files.isSymbolicLink(resolved.path())
          ? Optional.of(Files.readSymbolicLink(resolved.path()))
          : Optional.empty();
    }
  }

  /**
   * Lists the names in a folder; no names if there is no such folder.
   *
   * @throws TreeUnfit if there are more than 1,000
   */
  public List<String> names(Path folder) throws IOException, TreeUnfit {
    return Deadline.run(folder, new Names(tree, folder));
  }

  /** The names in a folder. */
  private record Names(NodeTree tree, Path folder) implements Deadline.Work<List<String>> {
    @Override
    public List<String> call() throws IOException, TreeUnfit {
      Optional<ResolvedPath> found = tree.find(folder.resolve("."), true);
      if (found.isEmpty()) {
        return List.of();
      }
      try (ResolvedPath resolved = found.get();
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
    }
  }
}
