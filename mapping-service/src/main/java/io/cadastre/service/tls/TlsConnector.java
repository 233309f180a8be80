/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.cadastre.service.file.SecretFile;
import io.cadastre.service.file.SecretFile.Stamp;
import io.dropwizard.jetty.HttpsConnectorFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files of a connector with TLS, of either type. */
final class TlsConnector {
  private TlsConnector() {}

  /**
   * Reads every file, and keeps nothing.
   *
   * @throws IOException naming the first file that cannot be used
   */
  static void check(HttpsConnectorFactory connector) throws IOException {
    if (connector instanceof PemConnectorFactory pem) {
      Object unused = pem.identity();
    } else if (connector.getKeyStorePath() != null) {
      Object unused =
          TlsFiles.store(
              Path.of(connector.getKeyStorePath()),
              connector.getKeyStoreType(),
              connector.getKeyStorePassword());
    }
    if (TlsRule.asksClients(connector)) {
      Object cas = clientCas(connector);
      Object lists = revocationLists(connector);
      Objects.requireNonNull(cas);
      Objects.requireNonNull(lists);
    }
  }

  /** Reads the CAs of clients. */
  static KeyStore clientCas(HttpsConnectorFactory connector) throws IOException {
    if (connector instanceof PemConnectorFactory pem) {
      return pem.clientCas().orElseThrow();
    }
    return TlsFiles.store(
        Path.of(Objects.requireNonNull(connector.getTrustStorePath())),
        connector.getTrustStoreType(),
        connector.getTrustStorePassword());
  }

  /** Reads the revocation lists; empty if none are configured. */
  static Optional<List<X509CRL>> revocationLists(HttpsConnectorFactory connector)
      throws IOException {
    return connector.getCrlPath() == null
        ? Optional.empty()
        : Optional.of(TlsFiles.revocationLists(connector.getCrlPath().toPath()));
  }

  /** Returns the state of each file; of one that cannot be looked at there is none. */
  static Map<Path, Stamp> stamps(HttpsConnectorFactory connector) {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : files(connector)) {
      try {
        stamps.put(file, SecretFile.stamp(file));
      } catch (IOException e) {
        // missing: differs from all that are there, and reading it says why
      }
    }
    return stamps;
  }

  private static List<Path> files(HttpsConnectorFactory connector) {
    List<Path> files = new ArrayList<>();
    if (connector instanceof PemConnectorFactory pem) {
      pem.certificateFile().ifPresent(files::add);
      pem.keyFile().ifPresent(files::add);
      pem.clientCaFile().ifPresent(files::add);
    }
    Optional.ofNullable(connector.getKeyStorePath()).map(Path::of).ifPresent(files::add);
    Optional.ofNullable(connector.getTrustStorePath()).map(Path::of).ifPresent(files::add);
    if (connector.getCrlPath() != null) {
      files.add(connector.getCrlPath().toPath());
    }
    return files;
  }
}
