/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A token as the registry keeps it: without its secret. Immutable.
 *
 * @param id the public part, by which it is found
 * @param name its name, which events show as their actor
 * @param hash the SHA-256 of the whole token, in lower-case hexadecimal digits
 * @param made the time at which it was made
 * @param expires the time from which it is not valid
 */
public record AccessToken(
    String id,
    String name,
    String hash,
    Role role,
    Instant made,
    Instant expires,
    TokenState state,
    Bounds bounds) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Names of other actors. */
  private static final Set<String> TAKEN = Set.of("anyone", "bootstrap", "cadastre", "service");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if events could not show it as their actor
   */
  public AccessToken {
    checkName(name);
  }

  /**
   * Checks the name of a credential.
   *
   * @throws IllegalArgumentException if events could not show it as their actor
   */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "\"%s\" is no name for a token: it has 1 to 64 letters, digits, dots, underscores and hyphens, begins with a letter or digit, and is none of %s"
              .formatted(name, TAKEN.stream().sorted().toList()));
    }
  }

  /** Returns whether it is neither revoked nor expired: its name is in use. */
  public boolean isLiving(Instant now) {
    return state != TokenState.REVOKED && now.isBefore(expires);
  }

  /** Returns the same token in this state. */
  public AccessToken in(TokenState other) {
    return new AccessToken(id, name, hash, role, made, expires, other, bounds);
  }

  /** Keeps the hash out of logs. */
  @Override
  public String toString() {
    return "AccessToken[%s %s]".formatted(id, name);
  }
}
