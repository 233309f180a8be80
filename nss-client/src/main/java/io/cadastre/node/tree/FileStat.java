/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a file, as stat(2) returns them.
 *
 * @param isFolder whether it is a folder
 * @param mode the permissions, 12 bits
 * @param uid its owner
 * @param gid its group
 * @param modified when its content last changed
 */
public record FileStat(boolean isFolder, int mode, long uid, long gid, Instant modified) {
  private static final String ATTRIBUTES = "unix:mode,uid,gid,isDirectory,lastModifiedTime";

  /** Reads the attributes; empty if there is no file. */
  static Optional<FileStat> read(Path path, LinkOption... options) throws IOException {
    try {
      Map<String, Object> seen = Files.readAttributes(path, ATTRIBUTES, options);
      return Optional.of(
          new FileStat(
              Boolean.TRUE.equals(seen.get("isDirectory")),
              (int) number(seen, "mode") & 0_7777,
              number(seen, "uid"),
              number(seen, "gid"),
              seen.get("lastModifiedTime") instanceof FileTime time
                  ? time.toInstant()
                  : Instant.EPOCH));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Gives a file this owner, group and mode; chown(2) clears setuid, so the mode comes last. */
  void applyTo(Path path) throws IOException {
    for (var each : Map.of("unix:uid", uid, "unix:gid", gid).entrySet()) {
      if (!Files.getAttribute(path, each.getKey()).equals(each.getValue().intValue())) {
        Files.setAttribute(path, each.getKey(), each.getValue().intValue());
      }
    }
    Files.setAttribute(path, "unix:mode", mode);
  }

  /** Java returns a uid_t as an int, which is negative from 2^31 on. */
  private static long number(Map<String, Object> seen, String name) {
    return seen.get(name) instanceof Integer number ? Integer.toUnsignedLong(number) : 0;
  }
}
