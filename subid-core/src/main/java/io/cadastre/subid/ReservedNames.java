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
 * The login names that get no new range: each node has, or may have, a local account of that name.
 * A name is matched byte for byte, or by a pattern that ends in {@code *}. Immutable.
 */
public final class ReservedNames {
  /** The names that systems and packages use for accounts of their own. */
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
   * These names and patterns; none at all reserves nothing.
   *
   * @throws IllegalArgumentException naming what is neither a name nor a pattern
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

  /** The default list. */
  public static ReservedNames byDefault() {
    return new ReservedNames(DEFAULT);
  }

  /** Whether the name is one of these, or begins as one of the patterns does. */
  public boolean contains(OwnerName name) {
    return names.contains(name.value()) || prefixes.stream().anyMatch(name.value()::startsWith);
  }
}
