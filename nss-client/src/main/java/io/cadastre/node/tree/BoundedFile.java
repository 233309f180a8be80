/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A regular file that is read up to a size. A FIFO, a device or a socket is refused before it is
 * opened. If the file is exchanged between that check and the opening, it is not read.
 */
final class BoundedFile {
  private static final boolean AS_ROOT = "root".equals(System.getProperty("user.name"));
  private static final int PIECE = 1 << 16;
  private static final String LOOKED_AT =
      "unix:mode,uid,gid,size,isRegularFile,isSymbolicLink,fileKey";

  private final Path path;
  private final Path shown;
  private final boolean contested;
  private final LinkOption[] links;

  private BoundedFile(Path path, Path shown, boolean contested, LinkOption... links) {
    this.path = path;
    this.shown = shown;
    this.contested = contested;
    this.links = links;
  }

  /**
   * Returns the file of a resolved path; reading it refuses a symbolic link.
   *
   * @param shown its path, for messages
   * @throws IOException if the folder of the path cannot be entered again
   */
  static BoundedFile resolve(ResolvedPath resolved, Path shown) throws IOException {
    return sibling(resolved, resolved.name(), shown);
  }

  /** The file of another name in the folder of a resolved path. */
  static BoundedFile sibling(ResolvedPath resolved, String name, Path shown) throws IOException {
    return new BoundedFile(
        resolved.sibling(name), shown, resolved.isContested(), LinkOption.NOFOLLOW_LINKS);
  }

  /** A file of the running system, symbolic links followed. */
  static BoundedFile ofSystem(Path path) {
    return new BoundedFile(path, path, false);
  }

  /**
   * Reads all of it; empty if there is no file.
   *
   * @throws TreeUnfit if it is larger than {@code most} bytes, or not a regular file
   */
  Optional<FileContent> readAll(long most) throws IOException, TreeUnfit {
    Optional<FileContent> content = readFirst(most + 1);
    if (content.isPresent() && content.get().bytes().length > most) {
      throw tooLarge(most);
    }
    return content;
  }

  private TreeUnfit tooLarge(long most) {
    return new TreeUnfit(
        ExitStatus.CONFIGURATION,
        "%s is larger than %,d bytes, the limit for a file; %s"
            .formatted(shown, most, HeapShare.remedy(most)));
  }

  /** Reads its first {@code most} bytes; empty if there is no file. */
  Optional<FileContent> readFirst(long most) throws IOException, TreeUnfit {
    Map<String, Object> seen;
    try {
      seen = Files.readAttributes(path, LOOKED_AT, links);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    requirePlain(seen);
    try (InputStream in = Files.newInputStream(path, options(links))) {
      requireSame(seen);
      return Optional.of(new FileContent(bytes(in, size(seen), (int) most), isFit(seen)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads all of it, piece by piece; empty if there is no file.
   *
   * @param piece takes each piece in turn
   * @throws TreeUnfit if it is larger than {@code most} bytes, or not a regular file
   */
  Optional<FileSum> sum(long most, ByteBuffer piece) throws IOException, TreeUnfit {
    Map<String, Object> seen;
    try {
      seen = Files.readAttributes(path, LOOKED_AT, links);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    requirePlain(seen);
    long size = size(seen);
    if (size > most) {
      throw tooLarge(most);
    }
    try (FileChannel in = FileChannel.open(path, options(links))) {
      requireSame(seen);
      return Optional.of(new FileSum(checksum(in, size, piece), isFit(seen)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static OpenOption[] options(LinkOption... links) {
    return Arrays.copyOf(links, links.length, OpenOption[].class);
  }

  private static String checksum(FileChannel in, long size, ByteBuffer piece) throws IOException {
    Checksum checksum = new Checksum();
    checksum.begin(size);
    long left = size;
    piece.clear();
    while (in.read(piece) >= 0) {
      left -= piece.flip().remaining();
      checksum.update(piece);
      piece.clear();
    }
    return left == 0 ? checksum.hex() : "";
  }

  /** Refuses a file that exists and is not a regular file. */
  void requirePlainOrNone() throws IOException, TreeUnfit {
    try {
      requirePlain(Files.readAttributes(path, LOOKED_AT, links));
    } catch (NoSuchFileException e) {
      return; // there is no file
    }
  }

  private void requirePlain(Map<String, Object> seen) throws TreeUnfit {
    if (!Boolean.TRUE.equals(seen.get("isRegularFile"))) {
      throw new TreeUnfit(
          ExitStatus.CANNOT_CREATE,
          "%s is %s; put a plain file there, or remove it"
              .formatted(
                  shown,
                  Boolean.TRUE.equals(seen.get("isSymbolicLink"))
                      ? "a link, which is neither read nor replaced"
                      : "no regular file"));
    }
  }

  /**
   * Where names in the folder may be exchanged, the file that was opened must be the one that was
   * checked.
   */
  private void requireSame(Map<String, Object> seen) throws IOException, TreeUnfit {
    Object key = seen.get("fileKey");
    if (contested && (key == null || Descriptors.openOn(key).isEmpty())) {
      throw new TreeUnfit(
          ExitStatus.TRY_AGAIN, shown + " was exchanged while it was opened; try again");
    }
  }

  /**
   * Reads in pieces: to read a file at once, Java allocates a buffer of its size outside the heap.
   *
   * @param size the expected size; the file may have grown or shrunk since
   */
  private static byte[] bytes(InputStream in, long size, int most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(size, most)];
    int read = 0;
    while (read < bytes.length) {
      int more = in.read(bytes, read, Math.min(PIECE, bytes.length - read));
      if (more < 0) {
        return Arrays.copyOf(bytes, read);
      }
      read += more;
    }
    byte[] rest = in.readNBytes(most - read);
    byte[] all = rest.length == 0 ? bytes : Arrays.copyOf(bytes, read + rest.length);
    System.arraycopy(rest, 0, all, read, rest.length);
    return all;
  }

  private static long size(Map<String, Object> seen) {
    return seen.get("size") instanceof Long bytes ? bytes : 0;
  }

  private static boolean isFit(Map<String, Object> seen) {
    return seen.get("mode") instanceof Integer mode
        && (mode & 0_7777) == 0_644
        && (!AS_ROOT
            || (Integer.valueOf(0).equals(seen.get("uid"))
                && Integer.valueOf(0).equals(seen.get("gid"))));
  }
}
