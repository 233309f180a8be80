/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.nio.charset.StandardCharsets;

/**
 * Checks that every database of a ledger can store a text: well-formed UTF-16 without U+0000, which
 * PostgreSQL refuses, and no longer than the column.
 */
public final class StoredText {
  private StoredText() {}

  /**
   * Returns whether a column of this length can store the text.
   *
   * @param limit in UTF-16 code units, inclusive; no database counts more of them
   */
  public static boolean fits(String text, int limit) {
    return text.length() <= limit
        && text.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * Throws unless a column of this length can store the text.
   *
   * @param what a name for the text, for the message
   * @throws IllegalArgumentException otherwise, with the limit
   */
  public static void check(String what, String text, int limit) {
    if (!fits(text, limit)) {
      throw new IllegalArgumentException(
          "%s is refused: it has %d characters; it may have %d, well-formed and without U+0000"
              .formatted(what, text.length(), limit));
    }
  }

  /** Checks the texts of an owner that is not recorded yet, as {@link #check} does. */
  public static void check(Owner owner) {
    check("the stable id of " + owner.name(), owner.stableId(), Owner.MAX_STABLE_ID);
    owner.dn().ifPresent(dn -> check("the DN of " + owner.name(), dn, Owner.MAX_DN));
  }
}
