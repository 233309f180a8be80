/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.cadastre.service.tls.ServerConnectors;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.HttpsConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connectors on loopback unless the configuration explicitly says otherwise: a token that
 * crosses a network in clear text is everyone's. A connector with TLS may listen anywhere if it
 * asks for credentials.
 */
public final class LoopbackRule {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackRule.class);
  private static final String LOOPBACK = "127.0.0.1";

  private LoopbackRule() {}

  /** Binds connectors without a host to loopback. */
  public static void apply(ServerFactory server) {
    connectors(server)
        .filter(http -> http.getBindHost() == null)
        .forEach(http -> http.setBindHost(LOOPBACK));
  }

  /**
   * A mistake for each connector that listens beyond loopback and is not safe there.
   *
   * @param closed whether callers need credentials
   */
  static List<String> mistakes(ServerFactory server, boolean closed) {
    return beyondLoopback(server)
        .filter(http -> !closed || !(http instanceof HttpsConnectorFactory))
        .map(
            http ->
                closed
                    ? "server: the connector on %s:%d listens beyond loopback without TLS; tokens would cross the network in clear text. Set bindHost: %s, or type: https-pem, or listenBeyondLoopback: true if nobody else reaches that network"
                        .formatted(http.getBindHost(), http.getPort(), LOOPBACK)
                    : "server: the connector on %s:%d listens beyond loopback; set bindHost: %s, or listenBeyondLoopback: true if every client that reaches it may change the registry"
                        .formatted(http.getBindHost(), http.getPort(), LOOPBACK))
        .toList();
  }

  /** A mistake for each connector that takes every client's word on its address. */
  static List<String> mistakesOfForwarding(ServerFactory server) {
    return connectors(server)
        .filter(HttpConnectorFactory::isUseForwardedHeaders)
        .map(
            http ->
                "server: the connector on port %d has useForwardedHeaders, by which every client may claim any address; name the reverse proxies in access.trustedProxies instead"
                    .formatted(http.getPort()))
        .toList();
  }

  /** Warns of each connector from which secrets go over a network in clear text. */
  public static void warn(ServerFactory server) {
    beyondLoopback(server)
        .filter(http -> !(http instanceof HttpsConnectorFactory))
        .forEach(
            http ->
                LOG.warn(
                    "the connector on {}:{} has no TLS: tokens and answers cross the network in"
                        + " clear text",
                    http.getBindHost(),
                    http.getPort()));
  }

  private static Stream<HttpConnectorFactory> beyondLoopback(ServerFactory server) {
    return connectors(server)
        .filter(http -> http.getBindHost() != null && !isLoopback(http.getBindHost()));
  }

  private static Stream<HttpConnectorFactory> connectors(ServerFactory server) {
    return ServerConnectors.all(server).stream()
        .filter(HttpConnectorFactory.class::isInstance)
        .map(HttpConnectorFactory.class::cast);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
