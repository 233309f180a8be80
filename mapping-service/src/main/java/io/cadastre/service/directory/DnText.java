/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.StoredText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bounds DNs for the ledger and for messages: a server may send DNs of megabytes, or with
 * characters that a database cannot store.
 */
public final class DnText {
  /** The longest DN that stays as it is, in UTF-16 code units, inclusive. */
  public static final int MAX = 1000;

  private static final int SHOWN = 200;
  private static final int DIGITS = 32;

  private DnText() {}

  /** Returns the DN; for one that is too long, its beginning, length and digest. */
  public static String of(String dn) {
    return StoredText.fits(dn, MAX)
        ? dn
        : "%s... (%d characters, SHA-256 %s)".formatted(beginning(dn), dn.length(), digest(dn));
  }

  private static String beginning(String dn) {
    StringBuilder out = new StringBuilder();
    dn.substring(0, Math.min(SHOWN, dn.length()))
        .codePoints()
        .forEach(c -> out.appendCodePoint(c == 0 || isSurrogate(c) ? '?' : c));
    return out.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String digest(String dn) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(dn.getBytes(StandardCharsets.UTF_16BE));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
