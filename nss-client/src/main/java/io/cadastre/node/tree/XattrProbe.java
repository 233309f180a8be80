/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.UUID;

/**
 * Tries whether the files of a folder take extended attributes of the user namespace, xattr(7). The
 * try is made on a new file, which is deleted afterwards. The folder may belong to a user who
 * exchanges the file at the same time, or lie on a file system that hangs; the try ends with the
 * time limit of {@link Deadline}.
 */
public final class XattrProbe {
  private XattrProbe() {}

  /** Tries it. Empty if no file can be created, or if the attribute fails for another reason. */
  public static Optional<Boolean> run(Path folder) {
    try {
      return Deadline.run(folder, () -> tried(folder));
    } catch (IOException | TreeUnfit e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> tried(Path folder) throws IOException, TreeUnfit {
    Path file = folder.resolve(".cadastre-probe." + UUID.randomUUID() + ".xattr");
    try (FileChannel open = TreeWriter.create(file, folder)) {
      return open.isOpen() ? takes(file) : Optional.empty();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Opens the file by its descriptor: the name may lead to a link or a FIFO by now. */
  private static Optional<Boolean> takes(Path file) throws IOException {
    Object key =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    Optional<Path> own = Descriptors.openOn(key);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    try {
      Files.getFileAttributeView(own.get(), UserDefinedFileAttributeView.class)
          .write("cadastre", ByteBuffer.wrap("1".getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(true);
    } catch (IOException e) {
      // A full disk (ENOSPC) does not show that attributes are refused.
      return String.valueOf(e.getMessage()).contains("not supported")
          ? Optional.of(false)
          : Optional.empty();
    } catch (UnsupportedOperationException e) {
      return Optional.of(false);
    }
  }
}
