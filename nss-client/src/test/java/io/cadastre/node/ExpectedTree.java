/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree under {@code expected/}: root owns each of its files, with mode 0644. */
final class ExpectedTree {
  private ExpectedTree() {}

  /** The files as {@link ScratchNode#filesWithoutTimes} describes them. */
  static Map<String, String> at(Path dir) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        files.put(
            dir.relativize(path).toString(),
            "100644 0:0 \n" + new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
