/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.subid.IdType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file tree of a node: that of the running system, or of an image. No path of an image leads
 * out of the image, even if names in it are exchanged at the same time.
 *
 * @param root its root, an absolute path without symbolic links
 */
public record NodeTree(Path root) {

  /**
   * Opens the tree whose root is {@code dir}.
   *
   * @throws TreeUnfit if it is not a folder, or has no folder etc
   */
  public static NodeTree open(Path dir) throws IOException, TreeUnfit {
    if (!Files.isDirectory(dir)) {
      throw new TreeUnfit(ExitStatus.CONFIGURATION, "the root " + dir + " is no directory");
    }
    NodeTree tree = new NodeTree(dir.toRealPath());
    Optional<FileStat> etc = tree.stat(tree.etc());
    if (etc.isEmpty() || !etc.get().isFolder()) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "%s is no directory; --root expects a system's file tree".formatted(tree.etc()));
    }
    return tree;
  }

  /** Whether this is the running system's tree, so that its programs can be run. */
  public boolean live() {
    return root.equals(Path.of("/"));
  }

  /** The folder of shadow's files. */
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

  /** The state that the last sync left. */
  public Path state() {
    return stateDirectory().resolve("state");
  }

  /** The rows that a sync is writing; it is removed once all is written. */
  public Path next() {
    return stateDirectory().resolve("snapshot.next");
  }

  /** How the node serves the last good snapshot. */
  public Path served() {
    return stateDirectory().resolve("served");
  }

  /** The lines that a sync removed from a managed block although no snapshot knew them. */
  public Path removed() {
    return stateDirectory().resolve("removed");
  }

  /** The local rows that a sync took over into a managed block. */
  public Path taken() {
    return stateDirectory().resolve("taken");
  }

  /** The time of the last contact with a service. */
  public Path confirmed() {
    return stateDirectory().resolve("confirmed");
  }

  /** The newest events of the ledger, as the services have told them. */
  public Path heads() {
    return stateDirectory().resolve("heads");
  }

  /** The serial of the last report to a service. */
  public Path reported() {
    return stateDirectory().resolve("reported");
  }

  /** What stood in nsswitch.conf before {@code plugin on}. */
  public Path formerNsswitch() {
    return stateDirectory().resolve("nsswitch");
  }

  /** A file that says that a sync has created /etc/subuid or /etc/subgid. */
  public Path created(IdType type) {
    return stateDirectory().resolve("created-" + type.word());
  }

  /** The map that the libsubid plugin reads. */
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

  /** nsswitch.conf(5). */
  public Path nsswitch() {
    return etc().resolve("nsswitch.conf");
  }

  /** The folder of the snapshot, the state and the map. */
  public Path stateDirectory() {
    return root.resolve("var/lib/cadastre");
  }

  /** A path of this tree as the system itself names it: without the root. */
  public String shown(Path path) {
    return "/" + root.relativize(path);
  }

  /**
   * Creates the folder of the state with mode 0755: the plugin runs in the programs of plain users
   * too.
   */
  public void createStateDirectory() throws IOException, TreeUnfit {
    Path folder = root;
    for (Path name : root.relativize(stateDirectory())) {
      folder = folder.resolve(name);
      if (stat(folder).isEmpty()) {
        create(folder);
      }
    }
  }

  private void create(Path folder) throws IOException, TreeUnfit {
    Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
    try (ResolvedPath resolved = resolve(folder, true)) {
      Files.createDirectory(resolved.path(), PosixFilePermissions.asFileAttribute(open));
    }
    // The umask of an admin may have removed bits; without them no user's Podman reads the map.
    try (ResolvedPath inside = resolve(folder.resolve("."), true)) {
      Files.setPosixFilePermissions(inside.folder(), open);
    }
  }

  /** The attributes of a file, symbolic links followed; empty if there is no file. */
  public Optional<FileStat> stat(Path path) throws IOException, TreeUnfit {
    return Deadline.run(path, new Stat(path));
  }

  /** A named class, as all work of the timer's run: each lambda takes time once (0083). */
  private final class Stat implements Deadline.Work<Optional<FileStat>> {
    private final Path path;

    Stat(Path path) {
      this.path = path;
    }

    @Override
    public Optional<FileStat> call() throws IOException, TreeUnfit {
      if (live()) {
        return FileStat.read(path);
      }
      Optional<ResolvedPath> found = find(path, true);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (ResolvedPath resolved = found.get()) {
        return FileStat.read(resolved.path(), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /**
   * Resolves a path to a name in an open folder. The file itself need not exist.
   *
   * @param follow whether a symbolic link in the last component is followed
   * @throws TreeUnfit if a folder on the way does not exist
   */
  ResolvedPath resolve(Path path, boolean follow) throws IOException, TreeUnfit {
    return Deadline.run(path, () -> find(path, follow))
        .orElseThrow(
            () ->
                new TreeUnfit(
                    ExitStatus.CONFIGURATION,
                    "%s: there is no such folder in the tree %s; is a link broken, or does it lead out of the tree?"
                        .formatted(path, root)));
  }

  /** As {@link #resolve}, without a time limit; empty if a folder on the way does not exist. */
  Optional<ResolvedPath> find(Path path, boolean follow) throws IOException, TreeUnfit {
    if (!live()) {
      return PathResolver.resolve(root, path, follow);
    }
    Path folder = path.getParent();
    return Optional.of(
        new ResolvedPath(
            folder == null ? root : folder,
            String.valueOf(path.getFileName()),
            path,
            Optional.empty()));
  }
}
