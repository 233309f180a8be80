/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text of a token: {@code cadastre_ID_SECRET}, with a public ID and 256 random bits. The prefix
 * lets a scanner for secrets find one that leaked. Immutable.
 *
 * @param text the whole token, a secret
 * @param id its public part
 */
public record TokenText(String text, String id) {
  /** The beginning of every token. */
  public static final String PREFIX = "cadastre_";

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 10;
  private static final int SHORTEST_ID = 8;
  private static final int LONGEST_ID = 12;
  private static final int SECRET_BYTES = 32;

  /** The digits of {@link #SECRET_BYTES} bytes in base64url, without padding. */
  private static final int SECRET_LENGTH = 43;

  /** Returns a new token. */
  public static TokenText random(SecureRandom random) {
    StringBuilder id = new StringBuilder();
    random.ints(ID_LENGTH, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new TokenText(
        PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
        id.toString());
  }

  /** Reads a token; empty for a text of another form. */
  public static Optional<TokenText> parse(String text) {
    int end = text.length() - SECRET_LENGTH - 1;
    int length = end - PREFIX.length();
    // Each request is held against this form: a regular expression would cost more than the answer.
    return length >= SHORTEST_ID
            && length <= LONGEST_ID
            && text.startsWith(PREFIX)
            && text.substring(PREFIX.length(), end).chars().allMatch(c -> LETTERS.indexOf(c) >= 0)
            && text.charAt(end) == '_'
            && text.substring(end + 1).chars().allMatch(TokenText::isBase64Url)
        ? Optional.of(new TokenText(text, text.substring(PREFIX.length(), end)))
        : Optional.empty();
  }

  private static boolean isBase64Url(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** Returns the SHA-256 of the whole token, in lower-case hexadecimal digits. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns whether its hash is this one, in a time that does not depend on where they differ. */
  public boolean hashesTo(String hash) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return PREFIX + id + "_...";
  }
}
