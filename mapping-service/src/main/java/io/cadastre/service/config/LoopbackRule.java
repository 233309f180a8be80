/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps both connectors on loopback unless the configuration explicitly says otherwise: every
 * client that reaches the application connector can change the registry.
 */
public final class LoopbackRule {
  private static final String LOOPBACK = "127.0.0.1";

  private LoopbackRule() {}

  /** Binds connectors without a host to loopback. */
  public static void apply(ServerFactory server) {
    connectors(server)
        .filter(http -> http.getBindHost() == null)
        .forEach(http -> http.setBindHost(LOOPBACK));
  }

  /** A mistake for each connector with a host that is not loopback. */
  static List<String> mistakes(ServerFactory server) {
    return connectors(server)
        .filter(http -> http.getBindHost() != null && !isLoopback(http.getBindHost()))
        .map(
            http ->
                "server: the connector on %s:%d listens beyond loopback; set bindHost: %s, or listenBeyondLoopback: true if every client that reaches it may change the registry"
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

  private static Stream<HttpConnectorFactory> connectors(ServerFactory server) {
    List<ConnectorFactory> all = new ArrayList<>();
    if (server instanceof DefaultServerFactory two) {
      all.addAll(two.getApplicationConnectors());
      all.addAll(two.getAdminConnectors());
    } else if (server instanceof SimpleServerFactory one) {
      all.add(one.getConnector());
    }
    return all.stream()
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
