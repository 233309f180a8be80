/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.cadastre.pem.PemCertificates;
import io.cadastre.pem.PemIdentity;
import io.cadastre.pem.PemRefused;
import io.cadastre.service.file.GivenFile;
import io.cadastre.service.file.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files of TLS. Each message names its file, and quotes nothing of it. */
public final class TlsFiles {
  private static final int MOST = 16 << 20;

  private TlsFiles() {}

  private interface Reading<T> {
    T read(byte[] bytes) throws PemRefused, GeneralSecurityException, IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) throws IOException {
    byte[] bytes;
    try {
      bytes = GivenFile.bytes(file, MOST);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing", e);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    try {
      return reading.read(bytes);
    } catch (PemRefused e) {
      throw new IOException("%s %s".formatted(file, e.getMessage()), e);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is damaged, or of another form than expected", e);
    }
  }

  /** Reads the certificates of a file in PEM. */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    return read(file, PemCertificates::parse);
  }

  /**
   * Reads a certificate and its key in PEM.
   *
   * @throws IOException if one is missing or damaged, they do not fit, or all users may read the
   *     key
   */
  public static PemIdentity identity(Path certificateFile, Path keyFile) throws IOException {
    List<X509Certificate> chain = certificates(certificateFile);
    SecretFile.requireHidden(keyFile);
    return read(keyFile, bytes -> PemIdentity.parse(chain, bytes));
  }

  /** Reads the CAs of a file in PEM. */
  public static KeyStore trusting(Path file) throws IOException {
    return PemCertificates.trusting(certificates(file));
  }

  /**
   * Reads a Java key store.
   *
   * @param password of the store; null for none
   */
  static KeyStore store(Path file, String type, @Nullable String password) throws IOException {
    return read(
        file,
        bytes -> {
          KeyStore store = KeyStore.getInstance(type);
          try {
            store.load(
                new ByteArrayInputStream(bytes), password == null ? null : password.toCharArray());
          } catch (IOException e) {
            throw new GeneralSecurityException("wrong password, or no key store", e);
          }
          return store;
        });
  }

  /**
   * Reads revocation lists, in PEM one after the other, or one in DER.
   *
   * @throws IOException if there is none
   */
  static List<X509CRL> revocationLists(Path file) throws IOException {
    return read(
        file,
        bytes -> {
          List<X509CRL> lists = new ArrayList<>();
          for (CRL list :
              CertificateFactory.getInstance("X.509")
                  .generateCRLs(new ByteArrayInputStream(bytes))) {
            lists.add((X509CRL) list);
          }
          if (lists.isEmpty()) {
            throw new GeneralSecurityException("no list");
          }
          return lists;
        });
  }
}
