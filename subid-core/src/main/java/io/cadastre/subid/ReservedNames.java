/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The login names that get no new range, because a node may have a local account of that name.
 * Names match byte for byte; a pattern ends in {@code *}. Immutable.
 */
public final class ReservedNames {
  /** The names that systems and packages use for their own accounts. */
  public static final List<String> DEFAULT =
      List.of(
          "root",
          "daemon",
          "bin",
          "sys",
          "sync",
          "games",
          "man",
          "lp",
          "mail",
          "news",
          "uucp",
          "proxy",
          "www-data",
          "backup",
          "list",
          "irc",
          "_apt",
          "nobody",
          "adm",
          "shutdown",
          "halt",
          "operator",
          "ftp",
          "dbus",
          "polkitd",
          "sshd",
          "systemd-*");

  private static final char ANY = '*';

  private final Set<String> names = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();

  /**
   * Returns these names and patterns. An empty list reserves no name.
   *
   * @throws IllegalArgumentException with the text that is neither a name nor a pattern
   */
  public ReservedNames(Collection<String> namesAndPatterns) {
    for (String text : namesAndPatterns) {
      boolean pattern = !text.isEmpty() && text.indexOf(ANY) == text.length() - 1;
      String name = pattern ? text.substring(0, text.length() - 1) : text;
      if (name.isEmpty() || name.indexOf(ANY) >= 0) {
        throw new IllegalArgumentException(
            "\"%s\" is refused: it must be a login name, or the beginning of one and a * at its end"
                .formatted(text));
      }
      (pattern ? prefixes : names).add(new OwnerName(name).value());
    }
  }

  /** Returns the default list. */
  public static ReservedNames byDefault() {
    return new ReservedNames(DEFAULT);
  }

  /** Returns whether the name is reserved, itself or by a pattern. */
  public boolean contains(OwnerName name) {
    return names.contains(name.value()) || prefixes.stream().anyMatch(name.value()::startsWith);
  }
}
