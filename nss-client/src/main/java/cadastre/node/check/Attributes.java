/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/** Whether files of a folder take attributes of the user namespace, found out on a file of ours. */
final class Attributes {
  private Attributes() {}

  /** Empty where no file can be made. */
  static Optional<Boolean> taken(Path folder) {
    try {
      Path file = Files.createTempFile(folder, ".cadastre-probe", ".xattr");
      try {
        return Optional.of(takes(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean takes(Path file) {
    try {
      Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
          .write("cadastre", ByteBuffer.wrap("1".getBytes(StandardCharsets.US_ASCII)));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
