/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Role;
import io.cadastre.service.directory.DnTree;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request for a token.
 *
 * @param name its name
 * @param expires its expiry, as {@link io.cadastre.service.access.TokenExpiry} reads it
 */
public record TokenRequest(String name, Role role, Optional<String> expires, Bounds bounds) {
  private static final int MAX_PREFIX = 255;
  private static final int MAX_DN = 1000;
  private static final Pattern NODES = Pattern.compile("[A-Za-z0-9.*-]{1,255}");

  /**
   * Checks that the bounds suit the role, and each its form.
   *
   * @throws Refused otherwise
   */
  public TokenRequest {
    boolean ofProvisioners = bounds.ofChanges().isPresent();
    if (ofProvisioners && role != Role.PROVISIONER) {
      throw refused(
          "pool, uids, stableIdPrefix and dnBase limit a provisioner; the role is " + role.word());
    }
    if (bounds.nodes().isPresent() && role != Role.NODE) {
      throw refused("nodes limits a node; the role is " + role.word());
    }
    bounds.stableIdPrefix().ifPresent(prefix -> checkText("stableIdPrefix", prefix, MAX_PREFIX));
    bounds.dnBase().ifPresent(TokenRequest::checkDn);
    if (bounds.nodes().filter(nodes -> !NODES.matcher(nodes).matches()).isPresent()) {
      throw refused(
          "nodes is a pattern of host names: up to 255 letters, digits, dots, hyphens, and * for"
              + " any characters");
    }
  }

  private static void checkText(String what, String text, int most) {
    if (text.isBlank()
        || text.length() > most
        || text.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
      throw refused(
          "%s is refused: it has 1 to %d characters and no control characters"
              .formatted(what, most));
    }
  }

  private static void checkDn(String dn) {
    checkText("dnBase", dn, MAX_DN);
    DnTree.mistake(dn)
        .ifPresent(
            why -> {
              throw refused("dnBase \"%s\" is not a DN: %s".formatted(dn, why));
            });
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.BAD_REQUEST, why);
  }
}
