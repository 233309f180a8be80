/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.HttpsConnectorFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rule of safe TLS: 1.2 or later, without renegotiation, and a revocation list that counts.
 * Dropwizard reads {@code crlPath} only if {@code validatePeers} is true, and its default is false.
 */
public final class TlsRule {
  /** The versions that are accepted. */
  static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

  private TlsRule() {}

  /** Returns the connectors with TLS. */
  static List<HttpsConnectorFactory> connectors(ServerFactory server) {
    return ServerConnectors.all(server).stream()
        .filter(HttpsConnectorFactory.class::isInstance)
        .map(HttpsConnectorFactory.class::cast)
        .toList();
  }

  /** Returns whether a connector asks clients for certificates. */
  static boolean asksClients(HttpsConnectorFactory connector) {
    return Boolean.TRUE.equals(connector.getNeedClientAuth())
        || Boolean.TRUE.equals(connector.getWantClientAuth());
  }

  /** Returns whether any connector asks clients for certificates. */
  public static boolean asksClients(ServerFactory server) {
    return connectors(server).stream().anyMatch(TlsRule::asksClients);
  }

  /** Sets what the configuration does not say, before the server is built. */
  public static void apply(ServerFactory server) {
    for (HttpsConnectorFactory connector : connectors(server)) {
      if (connector.getSupportedProtocols() == null) {
        connector.setSupportedProtocols(PROTOCOLS);
      }
      connector.setAllowRenegotiation(false);
      connector.setValidatePeers(connector.getCrlPath() != null);
    }
  }

  /** Returns the mistakes of a configuration; files that are read are checked too. */
  public static List<String> mistakes(ServerFactory server) {
    List<String> mistakes = new ArrayList<>();
    Set<Object> trusts = new HashSet<>();
    for (HttpsConnectorFactory connector : connectors(server)) {
      connectorMistakes(connector)
          .map(why -> "server: the connector on port %d: %s".formatted(connector.getPort(), why))
          .forEach(mistakes::add);
      if (asksClients(connector)) {
        trusts.add(trust(connector));
      }
    }
    if (trusts.size() > 1) {
      mistakes.add(
          "server: two connectors ask clients for certificates, and trust different CAs or have"
              + " different revocation lists; give both the same");
    }
    return mistakes.isEmpty() ? fileMistakes(server) : mistakes;
  }

  private static List<Object> trust(HttpsConnectorFactory connector) {
    return connector instanceof PemConnectorFactory pem
        ? List.of(pem.clientCaFile(), Objects.toString(connector.getCrlPath()))
        : List.of(
            Objects.toString(connector.getTrustStorePath()),
            Objects.toString(connector.getCrlPath()));
  }

  private static Stream<String> connectorMistakes(HttpsConnectorFactory connector) {
    List<String> mistakes = new ArrayList<>();
    List<String> protocols =
        Objects.requireNonNullElse(connector.getSupportedProtocols(), PROTOCOLS);
    if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols)) {
      mistakes.add(
          "supportedProtocols is %s; only %s are accepted".formatted(protocols, PROTOCOLS));
    }
    if (Boolean.TRUE.equals(connector.getEnableOCSP())
        || Boolean.TRUE.equals(connector.getEnableCRLDP())) {
      mistakes.add(
          "enableOCSP and enableCRLDP are refused: a request would wait for another server; fetch"
              + " the list and name it in crlPath");
    }
    if (connector instanceof PemConnectorFactory pem) {
      if (pem.certificateFile().isEmpty() || pem.keyFile().isEmpty()) {
        mistakes.add("certificateFile and keyFile are required");
      }
      if (pem.getKeyStorePath() != null || pem.getTrustStorePath() != null) {
        mistakes.add("keyStorePath and trustStorePath are settings of type: https");
      }
    }
    boolean trusts =
        connector instanceof PemConnectorFactory pem
            ? pem.clientCaFile().isPresent()
            : connector.getTrustStorePath() != null;
    if (asksClients(connector) && !trusts) {
      mistakes.add(
          "clients are asked for certificates, but %s does not name the CAs that sign them"
              .formatted(
                  connector instanceof PemConnectorFactory ? "clientCaFile" : "trustStorePath"));
    }
    if (!asksClients(connector) && (trusts || connector.getCrlPath() != null)) {
      mistakes.add(
          "clients are not asked for certificates; set wantClientAuth: true, or needClientAuth:"
              + " true to take no others");
    }
    return mistakes.stream();
  }

  private static List<String> fileMistakes(ServerFactory server) {
    List<String> mistakes = new ArrayList<>();
    for (HttpsConnectorFactory connector : connectors(server)) {
      try {
        TlsConnector.check(connector);
      } catch (IOException e) {
        mistakes.add(
            "server: the connector on port %d: %s".formatted(connector.getPort(), e.getMessage()));
      }
    }
    return mistakes;
  }
}
