/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.subid.IdType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file tree of a node: the running system's, or an image's. Every file of it is opened here, or
 * by this package: no path of an image leads out of it, whatever is renamed in it meanwhile; FIFOs,
 * devices and endless files neither hang nor fill memory; and no error quotes what a file holds.
 *
 * @param root its root, an absolute path without links
 */
public record NodeTree(Path root) {
  /** In bytes, for one file: as for a snapshot. */
  static final long MOST = HeapShare.atMost(256 << 20);

  private static final int MOST_NAMES = 1000;

  /** The tree whose root is {@code dir}. */
  public static NodeTree at(Path dir) throws IOException, TreeUnfit {
    if (!Files.isDirectory(dir)) {
      throw new TreeUnfit(ExitStatus.CONFIGURATION, "the root " + dir + " is no directory");
    }
    NodeTree tree = new NodeTree(dir.toRealPath());
    if (tree.look(tree.etc()).filter(FileLook::isFolder).isEmpty()) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "%s is no directory; --root expects a system's file tree".formatted(tree.etc()));
    }
    return tree;
  }

  /** Whether it is the running system's, so that its programs can be asked. */
  public boolean live() {
    return root.equals(Path.of("/"));
  }

  /** Where shadow's files are. */
  public Path etc() {
    return root.resolve("etc");
  }

  /** /etc/subuid or /etc/subgid. */
  public Path file(IdType type) {
    return etc().resolve(type.word());
  }

  /** The last good snapshot. */
  public Path snapshot() {
    return stateDirectory().resolve("snapshot");
  }

  /** What was true when the last sync ended. */
  public Path state() {
    return stateDirectory().resolve("state");
  }

  /** What the libsubid plugin answers from. */
  public Path map() {
    return stateDirectory().resolve("subid.map");
  }

  /** The settings file. */
  public Path settings() {
    return etc().resolve("cadastre/node.conf");
  }

  /** The folder of the acceptances. */
  public Path acceptances() {
    return etc().resolve("cadastre/accept.d");
  }

  /** The folder of the snapshot, the state and the map. */
  public Path stateDirectory() {
    return root.resolve("var/lib/cadastre");
  }

  /** A file of this tree as the system itself names it: without the root. */
  public String shown(Path path) {
    return "/" + root.relativize(path);
  }

  /** Creates the folder of the state, open to all: plain users' programs load the plugin, too. */
  public void createStateDirectory() throws IOException, TreeUnfit {
    Path folder = root;
    for (Path name : root.relativize(stateDirectory())) {
      folder = folder.resolve(name);
      if (look(folder).isEmpty()) {
        create(folder);
      }
    }
  }

  private void create(Path folder) throws IOException, TreeUnfit {
    Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
    try (TreePlace place = place(folder, true)) {
      Files.createDirectory(place.path(), PosixFilePermissions.asFileAttribute(open));
    }
    // Once more, or an admin's umask would hide the map from every user's Podman.
    try (TreePlace inside = place(folder.resolve("."), true)) {
      Files.setPosixFilePermissions(inside.folder(), open);
    }
  }

  /**
   * What a regular file holds; empty if there is none.
   *
   * @throws TreeUnfit if it is a link, no regular file, or too large for this program's heap
   */
  public Optional<FileContent> read(Path path) throws IOException, TreeUnfit {
    return reading(path, false, file -> file.all(MOST));
  }

  /**
   * The bytes of a file that may be a link, as Fedora's nsswitch.conf; see {@link FileSet}, too.
   *
   * @throws TreeUnfit if it is no regular file, or too large for this program's heap
   */
  public Optional<byte[]> readLinked(Path path) throws IOException, TreeUnfit {
    return reading(path, true, file -> file.all(MOST)).map(FileContent::bytes);
  }

  /**
   * The first bytes of a file that is only read, as {@link #readLinked} reads it: of a user's file,
   * who may have made it of any size.
   */
  public Optional<byte[]> readLinked(Path path, int most) throws IOException, TreeUnfit {
    return reading(path, true, file -> file.first(most)).map(FileContent::bytes);
  }

  private interface Reading {
    Optional<FileContent> of(BoundedFile file) throws IOException, TreeUnfit;
  }

  private Optional<FileContent> reading(Path path, boolean follow, Reading reading)
      throws IOException, TreeUnfit {
    return within(
        path,
        () -> {
          if (live() && follow) {
            return reading.of(BoundedFile.ofSystem(path));
          }
          Optional<TreePlace> place = find(path, follow);
          if (place.isEmpty()) {
            return Optional.empty();
          }
          try (TreePlace there = place.get()) {
            return reading.of(BoundedFile.at(there, path));
          }
        });
  }

  /** What a path leads to, links followed; empty if there is nothing. */
  public Optional<FileLook> look(Path path) throws IOException, TreeUnfit {
    return within(
        path,
        () -> {
          if (live()) {
            return FileLook.at(path);
          }
          Optional<TreePlace> place = find(path, true);
          if (place.isEmpty()) {
            return Optional.empty();
          }
          try (TreePlace there = place.get()) {
            return FileLook.at(there.path(), LinkOption.NOFOLLOW_LINKS);
          }
        });
  }

  /**
   * The names in a folder; none if there is no such folder.
   *
   * @throws TreeUnfit if there are more than anybody made on purpose
   */
  public List<String> names(Path folder) throws IOException, TreeUnfit {
    return within(
        folder,
        () -> {
          try (TreePlace place =
                  find(folder.resolve("."), true)
                      .orElseThrow(() -> new NoSuchFileException(folder.toString()));
              DirectoryStream<Path> all = Files.newDirectoryStream(place.folder())) {
            List<String> names = new ArrayList<>();
            for (Path file : all) {
              names.add(file.getFileName().toString());
              if (names.size() > MOST_NAMES) {
                throw new TreeUnfit(
                    ExitStatus.CONFIGURATION,
                    "%s holds more than %,d files".formatted(folder, MOST_NAMES));
              }
            }
            return names;
          } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
          }
        });
  }

  /**
   * A place to work in.
   *
   * @param follow whether a link in the last place is followed, too
   * @throws TreeUnfit if there is no such folder
   */
  TreePlace place(Path path, boolean follow) throws IOException, TreeUnfit {
    return within(path, () -> find(path, follow))
        .orElseThrow(
            () ->
                new TreeUnfit(
                    ExitStatus.CONFIGURATION,
                    "%s: there is no such folder in the tree %s; is a link broken, or does it lead out of the tree?"
                        .formatted(path, root)));
  }

  /** As {@link #place}; empty if there is no such folder. */
  Optional<TreePlace> find(Path path, boolean follow) throws IOException, TreeUnfit {
    if (!live()) {
      return Walk.to(root, path, follow);
    }
    Path folder = path.getParent();
    return Optional.of(
        new TreePlace(
            folder == null ? root : folder,
            String.valueOf(path.getFileName()),
            path,
            Optional.empty()));
  }

  static <T> T within(Path path, Deadline.Work<T> work) throws IOException, TreeUnfit {
    return Deadline.within(Deadline.USUAL, path, work);
  }
}
