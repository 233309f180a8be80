/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.tree;

import cadastre.node.failure.ExitStatus;
import cadastre.subid.IdType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file tree of a node: the running system's, or an image's. No path of it is followed out of
 * it: in an image, a link to /etc is the builder's /etc.
 *
 * @param root its root, an absolute path without links
 */
public record NodeTree(Path root) {
  private static final boolean AS_ROOT = "root".equals(System.getProperty("user.name"));
  private static final int MOST_LINKS = 8;
  private static final int PIECE = 1 << 16;

  /** The tree whose root is {@code dir}. */
  public static NodeTree at(Path dir) throws IOException, TreeUnfit {
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

  /** The files of accept.d, in the order of their names; hidden ones are an editor's. */
  public List<Path> acceptances() throws IOException, TreeUnfit {
    Path folder = etc().resolve("cadastre/accept.d");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    requireInside(folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private Path stateDirectory() {
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
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(open));
        // Once more, or an admin's umask would hide the map from every user's Podman.
        Files.setPosixFilePermissions(folder, open);
      }
      requireInside(folder);
    }
  }

  /** What a regular file holds; empty if there is none. A link is refused. */
  public Optional<FileContent> read(Path path) throws IOException, TreeUnfit {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    requireRegular(path);
    requireInside(path);
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new FileContent(bytes(in, Files.size(path)), isFit(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The first bytes of a file that is only read, as {@link #readLinked} reads it: of a user's file,
   * who may have made it of any size.
   */
  public Optional<byte[]> readLinked(Path path, int most) throws IOException, TreeUnfit {
    Path at = followed(path);
    if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    requireRegular(at);
    requireInside(at);
    try (InputStream in = Files.newInputStream(at, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(in.readNBytes(most));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * In pieces: reading all of a file at once takes a buffer of its size outside the heap as well.
   *
   * @param size the expected size; the file may have another by now
   */
  private static byte[] bytes(InputStream in, long size) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(size)];
    int read = 0;
    while (read < bytes.length) {
      int more = in.read(bytes, read, Math.min(PIECE, bytes.length - read));
      if (more < 0) {
        return Arrays.copyOf(bytes, read);
      }
      read += more;
    }
    byte[] rest = in.readAllBytes();
    byte[] all = rest.length == 0 ? bytes : Arrays.copyOf(bytes, read + rest.length);
    System.arraycopy(rest, 0, all, read, rest.length);
    return all;
  }

  /**
   * The bytes of a file that is only read, and may be a link: Fedora's nsswitch.conf is one. An
   * absolute link in an image is taken as the image's own.
   */
  public Optional<byte[]> readLinked(Path path) throws IOException, TreeUnfit {
    return read(followed(path)).map(FileContent::bytes);
  }

  private Path followed(Path path) throws IOException {
    Path at = path;
    for (int i = 0; Files.isSymbolicLink(at) && i < MOST_LINKS; i++) {
      Path target = Files.readSymbolicLink(at);
      at =
          target.isAbsolute()
              ? root.resolve(Path.of("/").relativize(target))
              : at.resolveSibling(target);
    }
    return at;
  }

  private static boolean isFit(Path path) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    return ((Integer) attributes.getOrDefault("mode", 0) & 0_7777) == 0_644
        && (!AS_ROOT
            || (attributes.getOrDefault("uid", 0).equals(0)
                && attributes.getOrDefault("gid", 0).equals(0)));
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
