/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the file of an H2 ledger by its JDBC URL. */
public final class LedgerFile {
  private static final Pattern URL =
      Pattern.compile("jdbc:h2:(?:(?:file|nio|nioMapped|async):)?(?<path>[^;:]+)(?:;.*)?");

  private static final String SUFFIX = ".mv.db";

  private LedgerFile() {}

  /** The URL of another file, which ends in {@code .mv.db}, with the settings of this one. */
  static String at(String url, Path file) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is no URL of a file of H2");
    }
    String path = file.toString();
    return new StringBuilder(url)
        .replace(
            matcher.start("path"),
            matcher.end("path"),
            path.substring(0, path.length() - SUFFIX.length()))
        .toString();
  }

  /** The path of the file that keeps the view of a ledger, beside its own. */
  public static Optional<Path> view(String url) {
    return of(url)
        .map(
            file -> {
              String path = file.toString();
              return Path.of(path.substring(0, path.length() - SUFFIX.length()) + ".view");
            });
  }

  /** The absolute path; empty for a ledger in memory, on a server or in another database. */
  public static Optional<Path> of(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String path = matcher.group("path");
    String home = path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path;
    return Optional.of(Path.of(home + SUFFIX).toAbsolutePath().normalize());
  }
}
