/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import cadastre.service.failure.ConfigurationRefused;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Both connectors stay on loopback unless the configuration says otherwise in so many words: anyone
 * who can reach them can change the registry.
 */
final class LoopbackRule {
  private static final String LOOPBACK = "127.0.0.1";

  private LoopbackRule() {}

  /**
   * Binds to loopback what names no host, and refuses what names another one.
   *
   * @throws ConfigurationRefused naming the connectors
   */
  static void apply(ServerFactory server, boolean beyond) {
    List<String> mistakes = new ArrayList<>();
    for (ConnectorFactory connector : connectors(server)) {
      if (connector instanceof HttpConnectorFactory http) {
        if (http.getBindHost() == null) {
          http.setBindHost(LOOPBACK);
        }
        if (!beyond && !isLoopback(http.getBindHost())) {
          mistakes.add(
              "server: the connector on %s:%d listens beyond loopback; set bindHost: %s, or listenBeyondLoopback: true if everyone who reaches it may change the registry"
                  .formatted(http.getBindHost(), http.getPort(), LOOPBACK));
        }
      }
    }
    if (!mistakes.isEmpty()) {
      throw new ConfigurationRefused(mistakes);
    }
  }

  private static List<ConnectorFactory> connectors(ServerFactory server) {
    List<ConnectorFactory> all = new ArrayList<>();
    if (server instanceof DefaultServerFactory two) {
      all.addAll(two.getApplicationConnectors());
      all.addAll(two.getAdminConnectors());
    } else if (server instanceof SimpleServerFactory one) {
      all.add(one.getConnector());
    }
    return all;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
