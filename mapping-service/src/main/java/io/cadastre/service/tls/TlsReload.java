/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.file.SecretFile.Stamp;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.HttpsConnectorFactory;
import io.dropwizard.jetty.SslReload;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Container;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates, keys, CAs and revocation lists of the running service: new files count without a
 * restart. Files that cannot be used are logged once, and the former ones stay in use. Thread-safe.
 */
public final class TlsReload {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

  private final List<HttpsConnectorFactory> connectors;
  private final Clock clock;
  private final ListAges ages;
  private volatile Optional<ClientTrust> trust;
  private Map<Path, Stamp> stamps;
  private Collection<SslReload> running = List.of();

  private TlsReload(List<HttpsConnectorFactory> connectors, Clock clock) {
    this.connectors = connectors;
    this.clock = clock;
    this.ages = new ListAges(clock);
    this.stamps = look();
    this.trust = Optional.empty();
  }

  /**
   * Reads the files of a server's connectors.
   *
   * @throws ConfigurationRefused if one cannot be used
   */
  public static TlsReload open(ServerFactory server, Clock clock) {
    TlsReload opened = new TlsReload(TlsRule.connectors(server), clock);
    try {
      opened.trust = opened.readTrust();
    } catch (IOException e) {
      ConfigurationRefused refused = new ConfigurationRefused(List.of("server: " + e.getMessage()));
      Throwable unused = refused.initCause(e);
      throw refused;
    }
    return opened;
  }

  /** Takes the running server, whose connectors get new files, and logs refused handshakes. */
  public synchronized void serve(Server server) {
    running = server.getBeans(SslReload.class);
    for (Connector connector : server.getConnectors()) {
      Container.addBean(connector, new RefusedHandshakes());
    }
  }

  /**
   * Requires that a client's certificate is valid now.
   *
   * @throws Unauthenticated otherwise
   */
  void require(List<X509Certificate> chain) throws Unauthenticated {
    Optional<ClientTrust> now = trust;
    if (now.isEmpty()) {
      throw new Unauthenticated("no connector asks clients for certificates");
    }
    now.get().require(chain);
  }

  /** Takes files that changed, and logs lists that have expired; to be called in the background. */
  public synchronized void run() {
    Map<Path, Stamp> now = look();
    if (!now.equals(stamps)) {
      stamps = now;
      take();
    }
    ages.log();
  }

  /** Everything is read and tried before anything is replaced: Jetty forgets the former files. */
  private void take() {
    try {
      for (HttpsConnectorFactory connector : connectors) {
        TlsConnector.check(connector);
      }
      Optional<ClientTrust> next = readTrust();
      for (SslReload reload : running) {
        reload.reloadDryRun();
      }
      replace();
      trust = next;
      LOG.info("the files of TLS were read again");
    } catch (Exception e) { // Jetty declares it
      LOG.error("new files of TLS cannot be used, the former ones stay in use: {}", e.getMessage());
    }
  }

  /** If a file changed since it was tried, Jetty has none at all: the next look tries again. */
  private void replace() throws Exception {
    Map<Path, Stamp> tried = stamps;
    stamps = Map.of();
    for (SslReload reload : running) {
      reload.reload();
    }
    stamps = tried;
  }

  private Optional<ClientTrust> readTrust() throws IOException {
    for (HttpsConnectorFactory connector : connectors) {
      if (TlsRule.asksClients(connector)) {
        return Optional.of(trust(connector));
      }
    }
    return Optional.empty();
  }

  private ClientTrust trust(HttpsConnectorFactory connector) throws IOException {
    KeyStore cas = TlsConnector.clientCas(connector);
    Optional<List<X509CRL>> lists = TlsConnector.revocationLists(connector);
    try {
      ClientTrust made = new ClientTrust(cas, lists, clock);
      ages.of(cas, lists);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("the file of the clients' CAs has none", e);
    }
  }

  private Map<Path, Stamp> look() {
    Map<Path, Stamp> all = new HashMap<>();
    connectors.forEach(connector -> all.putAll(TlsConnector.stamps(connector)));
    return all;
  }
}
