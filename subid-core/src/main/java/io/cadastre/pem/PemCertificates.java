/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM text. */
public final class PemCertificates {
  private static final String LABEL = "CERTIFICATE";

  private PemCertificates() {}

  /**
   * Returns the certificates in their order; other blocks are skipped.
   *
   * @throws PemRefused if there is none, or one is damaged
   */
  public static List<X509Certificate> parse(byte[] text) throws PemRefused {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.parse(text)) {
      if (block.label().equals(LABEL)) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw new PemRefused("holds no certificate in PEM");
    }
    return certificates;
  }

  private static X509Certificate certificate(PemBlock block) throws PemRefused {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new PemRefused("has a certificate that is damaged", e);
    }
  }

  /** Returns a store in memory in which these certificates are trusted. */
  public static KeyStore trusting(List<X509Certificate> certificates) {
    try {
      KeyStore store = emptyStore();
      for (X509Certificate certificate : certificates) {
        store.setCertificateEntry("ca" + store.size(), certificate);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a new store takes certificates", e);
    }
  }

  /**
   * Returns a store in memory in which the certificates of a file are trusted: in PEM, or in
   * another form that the JDK's certificate factory reads.
   *
   * @throws PemRefused if there is none, or one is damaged
   */
  public static KeyStore trusting(byte[] file) throws PemRefused {
    List<X509Certificate> certificates;
    try {
      certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(file))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (CertificateException e) {
      throw new PemRefused("has a certificate that is damaged", e);
    }
    if (certificates.isEmpty()) {
      throw new PemRefused("holds no certificate");
    }
    return trusting(certificates);
  }

  /** JKS: PKCS12 derives a key by 10,000 rounds, which a store in memory does not need. */
  static KeyStore emptyStore() {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has JKS", e);
    }
  }
}
