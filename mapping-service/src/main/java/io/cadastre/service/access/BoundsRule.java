/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.regex.Pattern;

/** The rule of which bounds suit which role, and of their forms; for every kind of credential. */
public final class BoundsRule {
  private static final int MAX_PREFIX = 255;
  private static final int MAX_DN = 1000;
  private static final Pattern NODES = Pattern.compile("[A-Za-z0-9.*-]{1,255}");

  private BoundsRule() {}

  /**
   * Checks that the bounds suit the role, and each its form.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static void check(Role role, Bounds bounds) {
    if (bounds.ofChanges().isPresent() && role != Role.PROVISIONER) {
      throw new IllegalArgumentException(
          "pool, uids, stableIdPrefix and dnBase limit a provisioner; the role is " + role.word());
    }
    if (bounds.nodes().isPresent() && role != Role.NODE) {
      throw new IllegalArgumentException("nodes limits a node; the role is " + role.word());
    }
    bounds.stableIdPrefix().ifPresent(prefix -> checkText("stableIdPrefix", prefix, MAX_PREFIX));
    bounds.dnBase().ifPresent(dn -> checkText("dnBase", dn, MAX_DN));
    if (bounds.nodes().filter(nodes -> !NODES.matcher(nodes).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "nodes is a pattern of host names: up to 255 letters, digits, dots, hyphens, and * for"
              + " any characters");
    }
  }

  private static void checkText(String what, String text, int most) {
    if (text.isBlank()
        || text.length() > most
        || text.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
      throw new IllegalArgumentException(
          "%s is refused: it has 1 to %d characters and no control characters"
              .formatted(what, most));
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
