/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.cadastre.pem.PemIdentity;
import io.dropwizard.jetty.HttpsConnectorFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A connector with TLS whose files are in PEM: {@code type: https-pem}. All else is as in
 * Dropwizard's {@code https}. The files are read whenever Jetty asks for the settings of TLS.
 */
@JsonTypeName("https-pem")
public final class PemConnectorFactory extends HttpsConnectorFactory {
  @JsonProperty private Optional<Path> certificateFile = Optional.empty();
  @JsonProperty private Optional<Path> keyFile = Optional.empty();
  @JsonProperty private Optional<Path> clientCaFile = Optional.empty();

  /** The service's certificate and those of the CAs between it and the root. */
  Optional<Path> certificateFile() {
    return certificateFile;
  }

  /** The key of the certificate. */
  Optional<Path> keyFile() {
    return keyFile;
  }

  /** The CAs that sign clients' certificates. */
  Optional<Path> clientCaFile() {
    return clientCaFile;
  }

  /** Whether the files of a key store are those of this type: they are not needed. */
  @Override
  public boolean isValidKeyStorePath() {
    return true;
  }

  /** As {@link #isValidKeyStorePath}. */
  @Override
  public boolean isValidKeyStorePassword() {
    return true;
  }

  /** Reads the certificate and its key. */
  PemIdentity identity() throws IOException {
    return TlsFiles.identity(certificateFile.orElseThrow(), keyFile.orElseThrow());
  }

  /** Reads the CAs of clients; empty if clients are not asked for certificates. */
  Optional<KeyStore> clientCas() throws IOException {
    return clientCaFile.isPresent()
        ? Optional.of(TlsFiles.trusting(clientCaFile.get()))
        : Optional.empty();
  }

  @Override
  protected SslContextFactory.Server configureSslContextFactory(SslContextFactory factory) {
    SslContextFactory.Server server = super.configureSslContextFactory(factory);
    try {
      server.setKeyStore(identity().keyStore());
      server.setKeyManagerPassword(PemIdentity.storePassword());
      Optional<KeyStore> cas = clientCas();
      if (cas.isPresent()) {
        server.setTrustStore(cas.get());
      }
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
