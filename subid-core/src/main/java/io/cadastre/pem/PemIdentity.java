/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.pem;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * A certificate with its private key, which fit each other. Immutable.
 *
 * @param chain the certificate, then those of the CAs that signed it, as far as the file has them
 * @param key its key: RSA, EC or Ed25519
 */
public record PemIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String STORE_PASSWORD = "memory";

  /** Copies the list. */
  public PemIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads a certificate and its key. The key is in PKCS#8 ({@code PRIVATE KEY}), or in openssl's
   * older forms ({@code RSA PRIVATE KEY}, {@code EC PRIVATE KEY}), and without a password: who
   * starts at night has nobody to ask.
   *
   * @param key the text with the key; the text of the certificates may have it too
   * @throws PemRefused if one is missing, damaged or encrypted, or they do not fit
   */
  public static PemIdentity parse(List<X509Certificate> chain, byte[] key) throws PemRefused {
    PemBlock block = key(key);
    PublicKey publicKey = chain.get(0).getPublicKey();
    PrivateKey privateKey = read(block, publicKey.getAlgorithm());
    if (!fit(privateKey, publicKey)) {
      throw new PemRefused("is not the key of the certificate");
    }
    return new PemIdentity(chain, privateKey);
  }

  private static PemBlock key(byte[] text) throws PemRefused {
    for (PemBlock block : PemBlock.parse(text)) {
      if (block.encrypted() || block.label().equals("ENCRYPTED " + PKCS8)) {
        throw new PemRefused(
            "has a key with a password, which cannot be asked for; openssl pkey writes it without");
      }
      if (block.label().equals(PKCS8)
          || block.label().equals(PKCS1)
          || block.label().equals(SEC1)) {
        return block;
      }
    }
    throw new PemRefused("holds no private key in PEM");
  }

  private static PrivateKey read(PemBlock block, String algorithm) throws PemRefused {
    byte[] pkcs8 =
        switch (block.label()) {
          case PKCS1 -> Pkcs8.ofRsa(block.der());
          case SEC1 -> Pkcs8.ofEc(block.der());
          default -> block.der();
        };
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      // Without the cause: it may quote the key.
      throw new PemRefused(
          "has a key that is damaged, or is not of the certificate's algorithm, " + algorithm);
    }
  }

  /** A handshake between two that do not fit fails with a message that nobody understands. */
  private static boolean fit(PrivateKey privateKey, PublicKey publicKey) throws PemRefused {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA" -> "EdDSA";
          default ->
              throw new PemRefused(
                  "is a key for %s; RSA, EC and Ed25519 can be used"
                      .formatted(publicKey.getAlgorithm()));
        };
    byte[] text = {'f', 'i', 't'};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Returns the password of {@link #keyStore}: no secret, since that is never written. */
  public static String storePassword() {
    return STORE_PASSWORD;
  }

  /** Returns a store in memory with this key alone, under {@link #storePassword}. */
  public KeyStore keyStore() {
    KeyStore store = PemCertificates.emptyStore();
    try {
      store.setKeyEntry(
          "key", key, STORE_PASSWORD.toCharArray(), chain.toArray(new X509Certificate[0]));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a new store takes a key", e);
    }
  }

  /** Keeps the key out of logs. */
  @Override
  public String toString() {
    return "PemIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
