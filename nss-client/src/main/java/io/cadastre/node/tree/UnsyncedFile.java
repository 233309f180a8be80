/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that tells of the last run and that no program depends on. It is replaced by a
 * rename, so that a reader sees it whole, but without a lock and without a sync: after a power
 * failure it may be old or empty. If two runs replace it at the same time, one of them counts.
 *
 * @param tree the tree of the file
 * @param path its path
 */
public record UnsyncedFile(NodeTree tree, Path path) {
  private static final int OPEN = 0_644;
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  private static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

  /**
   * Replaces the file, with mode 0644. The folder may belong to another user: no link that is put
   * there is followed.
   */
  public void replace(byte[] bytes) throws IOException, TreeUnfit {
    replace(bytes, false);
  }

  /** As {@link #replace(byte[])}; with {@code sync} no power failure leaves less than the bytes. */
  void replace(byte[] bytes, boolean sync) throws IOException, TreeUnfit {
    Optional<ResolvedPath> found = tree.find(path, false);
    if (found.isEmpty()) {
      throw new NoSuchFileException(String.valueOf(path.getParent()));
    }
    try (ResolvedPath target = found.get()) {
      Path staged = target.sibling(".".concat(target.name()).concat(".cadastre-new"));
      Files.deleteIfExists(staged); // a run that was killed left it
      try (FileChannel out = FileChannel.open(staged, NEW, MODE)) {
        write(out, staged, bytes);
        if (sync) {
          out.force(true);
        }
        Files.move(
            staged,
            target.path(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (FileAlreadyExistsException e) {
        return; // another run writes it now
      } catch (NoSuchFileException e) {
        if (!Files.exists(target.path(), LinkOption.NOFOLLOW_LINKS)) {
          throw e; // otherwise another run has renamed it
        }
      } catch (IOException e) {
        Files.deleteIfExists(staged);
        throw e;
      }
    }
  }

  private static void write(FileChannel out, Path staged, byte[] bytes) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(bytes);
    while (content.hasRemaining()) {
      out.write(content);
    }
    Map<String, Object> seen =
        Files.readAttributes(staged, "unix:mode,fileKey", LinkOption.NOFOLLOW_LINKS);
    Object key = seen.get("fileKey");
    if (seen.get("mode") instanceof Integer given && (given & 0_7777) != OPEN && key != null) {
      // The umask removed bits. By the descriptor: the name may lead to a link by now.
      Path descriptor =
          Descriptors.openOn(key).orElseThrow(() -> new IOException(staged + " was exchanged"));
      Files.setPosixFilePermissions(descriptor, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
