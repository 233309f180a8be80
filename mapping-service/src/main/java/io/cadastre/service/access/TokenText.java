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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern FORM =
      Pattern.compile(PREFIX + "([A-Z2-7]{8,12})_[A-Za-z0-9_-]{43}");

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 10;
  private static final int SECRET_BYTES = 32;

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
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.of(new TokenText(text, form.group(1))) : Optional.empty();
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
