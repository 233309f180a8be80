/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/** Whether files of a folder take attributes of the user namespace, found out on a file of ours. */
final class Attributes {
  private Attributes() {}

  /** Empty where no file can be made, or the attribute fails for another reason. */
  static Optional<Boolean> taken(Path folder) {
    try {
      Path file = Files.createTempFile(folder, ".cadastre-probe", ".xattr");
      try {
        return takes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The folder is the user's: he may have put a link in the file's place by now. */
  private static Optional<Boolean> takes(Path file) {
    try {
      Files.getFileAttributeView(
              file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
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
