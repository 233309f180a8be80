/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import io.cadastre.pem.PemCertificates;
import io.cadastre.pem.PemRefused;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.file.GivenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that must have signed the provider's certificate. */
final class TrustedAuthorities {
  private static final int MOST_BYTES = 4 << 20;

  private TrustedAuthorities() {}

  /**
   * Trusts the certificates of a PEM file and no others.
   *
   * @throws ConfigurationRefused if it has none
   */
  static SSLSocketFactory of(Path file) {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(PemCertificates.trusting(GivenFile.bytes(file, MOST_BYTES)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (PemRefused | GeneralSecurityException | IOException e) {
      ConfigurationRefused refused =
          new ConfigurationRefused(
              List.of(
                  "access.oidc.caFile: %s holds no certificates in PEM, or cannot be read"
                      .formatted(file)));
      Throwable unused = refused.initCause(e);
      throw refused;
    }
  }
}
