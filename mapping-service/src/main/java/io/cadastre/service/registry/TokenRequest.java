/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.BoundsRule;
import io.cadastre.service.access.Role;
import io.cadastre.service.directory.DnTree;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.Optional;

/**
 * A request for a token.
 *
 * @param name its name
 * @param expires its expiry, as {@link io.cadastre.service.access.TokenExpiry} reads it
 */
public record TokenRequest(String name, Role role, Optional<String> expires, Bounds bounds) {
  /**
   * Checks that the bounds suit the role, and each its form.
   *
   * @throws Refused otherwise
   */
  public TokenRequest {
    try {
      BoundsRule.check(role, bounds);
    } catch (IllegalArgumentException e) {
      throw new Refused(RefusalCode.BAD_REQUEST, e);
    }
    bounds.dnBase().ifPresent(TokenRequest::checkDn);
  }

  private static void checkDn(String dn) {
    DnTree.mistake(dn)
        .ifPresent(
            why -> {
              throw new Refused(
                  RefusalCode.BAD_REQUEST, "dnBase \"%s\" is not a DN: %s".formatted(dn, why));
            });
  }
}
