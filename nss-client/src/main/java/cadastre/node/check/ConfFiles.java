/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.subid.storage.StorageFile;
import cadastre.subid.storage.StorageFiles;
import cadastre.subid.storage.StoragePaths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a user's storage.conf files, all that may count, with their drop-ins. */
final class ConfFiles {
  private final Sight sight;
  private final List<StorageFile> files = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();

  private ConfFiles(Sight sight) {
    this.sight = sight;
  }

  /** The files that there are at these paths. */
  static StorageFiles read(Sight sight, StoragePaths paths) {
    ConfFiles conf = new ConfFiles(sight);
    paths.mainFiles().stream().distinct().forEach(conf::read);
    paths.dropInFolders().forEach(conf::readFolder);
    return new StorageFiles(conf.files, conf.unreadable);
  }

  private void readFolder(String folder) {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(sight.at(folder))) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(sight.at(folder), "*.conf")) {
      all.forEach(file -> names.add(folder + "/" + file.getFileName()));
    } catch (IOException e) {
      unreadable.add(folder);
    }
    Collections.sort(names);
    names.forEach(this::read);
  }

  private void read(String path) {
    try {
      sight.bytes(path).ifPresent(bytes -> files.add(new StorageFile(path, text(bytes))));
    } catch (Unseen e) {
      unreadable.add(path);
    }
  }

  /** UTF-8, a byte that is not as a lone surrogate: {@link StorageFile#text} wants it so. */
  private static String text(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (0xDC00 + Byte.toUnsignedInt(in.get())));
      }
      decoder.reset();
    }
    return out.flip().toString();
  }
}
