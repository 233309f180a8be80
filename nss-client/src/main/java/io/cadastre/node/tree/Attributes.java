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
 * Finds out on a file of ours whether the files of a folder take attributes of the user namespace.
 * The folder may be a user's, who exchanges the file meanwhile, or on a file system that hangs:
 * what does not end is given up.
 */
public final class Attributes {
  private Attributes() {}

  /** Empty where no file can be made, or the attribute fails for another reason. */
  public static Optional<Boolean> taken(Path folder) {
    try {
      return NodeTree.within(folder, () -> tried(folder));
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

  /** By the descriptor: in the place of the name a link or a FIFO may be by now. */
  private static Optional<Boolean> takes(Path file) throws IOException {
    Object key =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    Optional<Path> ours = Descriptors.openOn(key);
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    try {
      Files.getFileAttributeView(ours.get(), UserDefinedFileAttributeView.class)
          .write("cadastre", ByteBuffer.wrap("1".getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(true);
    } catch (IOException e) {
      // No room is no refusal.
      return String.valueOf(e.getMessage()).contains("not supported")
          ? Optional.of(false)
          : Optional.empty();
    } catch (UnsupportedOperationException e) {
      return Optional.of(false);
    }
  }
}
