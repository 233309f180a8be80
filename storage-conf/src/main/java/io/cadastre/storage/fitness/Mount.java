/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mount of proc_pid_mountinfo(5), with octal escapes decoded. Immutable.
 *
 * @param id the id of the mount
 * @param parent the id of the parent mount
 * @param root the mounted folder within the file system; not {@code /} for a bind mount
 * @param point the mount point
 * @param options the options of this mount: ro, noexec, nodev, nosuid
 * @param type the type of the file system, such as lustre or fuse.sshfs
 * @param source the device, or the server and its export
 * @param superOptions the options of the file system, such as Lustre's user_xattr
 */
public record Mount(
    long id,
    long parent,
    String root,
    String point,
    List<String> options,
    String type,
    String source,
    List<String> superOptions) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2})");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Copies the lists. */
  public Mount {
    options = List.copyOf(options);
    superOptions = List.copyOf(superOptions);
  }

  /** Parses a line; empty if it describes no mount. */
  static Optional<Mount> parse(String line) {
    List<String> fields = List.of(line.split(" ", -1));
    // Six fields, any number of optional fields, a hyphen, three fields.
    int hyphen = fields.indexOf("-");
    if (hyphen < 6
        || fields.size() < hyphen + 4
        || !NUMBER.matcher(fields.get(0)).matches()
        || !NUMBER.matcher(fields.get(1)).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Mount(
            Long.parseLong(fields.get(0)),
            Long.parseLong(fields.get(1)),
            unescaped(fields.get(3)),
            unescaped(fields.get(4)),
            words(fields.get(5)),
            unescaped(fields.get(hyphen + 1)),
            unescaped(fields.get(hyphen + 2)),
            words(fields.get(hyphen + 3))));
  }

  /** Returns the file system; empty if it is not in {@link FileSystem}. */
  public Optional<FileSystem> fileSystem() {
    return FileSystem.ofType(type);
  }

  private static List<String> words(String options) {
    return List.of(options.split(","));
  }

  /**
   * Decodes space, tab, newline, backslash and hash, which the kernel writes as a backslash and
   * three octal digits.
   */
  private static String unescaped(String field) {
    Matcher escape = ESCAPE.matcher(field);
    return escape.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }
}
