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
 * A line of mountinfo, as proc_pid_mountinfo(5) describes it, its octal escapes undone.
 *
 * @param id the mount's
 * @param parent the id of the mount that it lies on
 * @param root what of the file system is mounted; not {@code /} for a bind mount
 * @param point where
 * @param options of this mount: ro, noexec, nodev, nosuid
 * @param type of the file system, such as lustre or fuse.sshfs
 * @param source what is mounted: a device, a server and its export
 * @param superOptions of the file system, such as Lustre's user_xattr
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

  /** The mount that this line describes, if it describes one. */
  static Optional<Mount> parse(String line) {
    List<String> fields = List.of(line.split(" ", -1));
    // Any number of optional fields comes before the hyphen; the six before them are always there.
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

  /** The file system, if it is one of those we know. */
  public Optional<FileSystem> fileSystem() {
    return FileSystem.ofType(type);
  }

  private static List<String> words(String options) {
    return List.of(options.split(","));
  }

  /** The kernel writes space, tab, newline, backslash and hash as a backslash and three digits. */
  private static String unescaped(String field) {
    Matcher escape = ESCAPE.matcher(field);
    return escape.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }
}
