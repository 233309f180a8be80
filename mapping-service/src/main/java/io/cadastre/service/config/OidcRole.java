/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.BoundsRule;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.UidRange;
import java.util.Optional;

/**
 * The role, and the bounds of it, that a value of the role claim stands for: a word, or an object
 * with {@code role} and the bounds of a provisioner. Immutable.
 */
public record OidcRole(Role role, Bounds bounds) {

  /**
   * Checks that the bounds suit the role.
   *
   * @throws IllegalArgumentException otherwise
   */
  public OidcRole {
    if (role == Role.NODE) {
      throw new IllegalArgumentException(
          "the role node is refused: OpenID tokens are for people; make a token for a node by"
              + " \"cadastre token make NAME --role node\"");
    }
    BoundsRule.check(role, bounds);
  }

  /** A role without bounds. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OidcRole of(String word) {
    return new OidcRole(role(word), Bounds.NONE);
  }

  /** A role with bounds; {@code uids} is FIRST-LAST. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public static OidcRole of(
      @JsonProperty(value = "role", required = true) String word,
      @JsonProperty("pool") Optional<String> pool,
      @JsonProperty("uids") Optional<String> uids,
      @JsonProperty("stableIdPrefix") Optional<String> stableIdPrefix,
      @JsonProperty("dnBase") Optional<String> dnBase) {
    return new OidcRole(
        role(word),
        new Bounds(pool, uids.map(UidRange::parse), stableIdPrefix, dnBase, Optional.empty()));
  }

  private static Role role(String word) {
    return Role.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no role; the roles of people are provisioner, auditor and admin"
                        .formatted(word)));
  }
}
