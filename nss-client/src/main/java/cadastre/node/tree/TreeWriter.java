/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.tree;

import cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Replaces files so that a reader, and a machine that loses power, sees each one whole: the old
 * bytes or the new. It knows bytes and no domain. The order gives:
 *
 * <ol>
 *   <li>All files are staged beside their targets, with mode and owner, and synced: a full disk
 *       changes nothing.
 *   <li>They are renamed in the order given: what comes later is never newer than what comes
 *       earlier.
 *   <li>Each folder is synced after its rename, so that the order holds on the disk too.
 * </ol>
 *
 * <p>The caller holds the lock that keeps a second writer away.
 */
public final class TreeWriter {

  private TreeWriter() {}

  /** Replaces the files, in this order. */
  public static void write(List<Replacement> replacements) throws IOException, TreeUnfit {
    List<Path> staged = new ArrayList<>();
    try {
      for (Replacement replacement : replacements) {
        Files.deleteIfExists(replacement.staged()); // left by a run that was killed
        stage(replacement);
        staged.add(replacement.staged());
      }
      for (Replacement replacement : replacements) {
        Files.move(
            replacement.staged(),
            replacement.path(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        sync(replacement.path().resolveSibling("."));
      }
    } finally {
      for (Path path : staged) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void stage(Replacement replacement) throws IOException, TreeUnfit {
    Path staged = replacement.staged();
    try (FileChannel out = create(staged)) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(replacement.after());
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-r--r--"));
        if (Files.getAttribute(staged, "unix:uid").equals(0)) {
          // A setgid folder or newgrp may have given it another group.
          Files.setAttribute(staged, "unix:gid", 0, LinkOption.NOFOLLOW_LINKS);
        }
        out.force(true);
      } catch (IOException e) {
        Files.deleteIfExists(staged);
        throw e;
      }
    }
  }

  /**
   * Creates a file for its owner alone, whatever the umask: who may open it for writing now may
   * write to it when its mode is another.
   */
  static FileChannel create(Path path) throws TreeUnfit {
    try {
      return FileChannel.open(
          path,
          Set.of(
              StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new TreeUnfit(ExitStatus.CANNOT_CREATE, "%s cannot be created: %s".formatted(path, e));
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
