/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 256 random bits that only a browser keeps. From it come the name under which the
 * service remembers its session, the key that seals the session's token, and the token of its
 * forms: none of the three tells the secret, or another of them. Immutable.
 */
final class SecretText {
  private static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String text;

  private SecretText(String text) {
    this.text = text;
  }

  static SecretText random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SecretText(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  static SecretText of(String text) {
    return new SecretText(text);
  }

  /** The text for the browser. */
  String text() {
    return text;
  }

  /** What the service may keep: the text cannot be found from it. */
  String name() {
    return encoded(derived("name"));
  }

  /** The token of the forms on the session's pages. */
  String formToken() {
    return encoded(derived("form"));
  }

  /** Seals a text, so that only this secret opens it. */
  byte[] seal(String plain, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain.getBytes(StandardCharsets.UTF_8));
      byte[] whole = new byte[NONCE_BYTES + sealed.length];
      System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  /** Opens a text that this secret sealed; empty for one that another did. */
  Optional<String> open(byte[] whole) {
    byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
    try {
      return Optional.of(
          new String(
              cipher(Cipher.DECRYPT_MODE, nonce)
                  .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES),
              StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(derived("seal"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private byte[] derived(String use) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // The prefix: a cookie may be empty, and a key may not.
      byte[] key = ("cadastre-session:" + text).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Compares in a time that does not depend on where they differ. */
  static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "SecretText[...]";
  }
}
