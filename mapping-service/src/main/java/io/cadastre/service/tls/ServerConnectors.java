/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import java.util.List;
import java.util.stream.Stream;

/** The connectors of a configuration, for both kinds of servers that Dropwizard has. */
public final class ServerConnectors {
  private ServerConnectors() {}

  /** Returns those of the interface, and then those of the admin's. */
  public static List<ConnectorFactory> all(ServerFactory server) {
    return server instanceof DefaultServerFactory two
        ? Stream.concat(two.getApplicationConnectors().stream(), two.getAdminConnectors().stream())
            .toList()
        : application(server);
  }

  /** Returns those of the interface; the one connector of a simple server serves both. */
  public static List<ConnectorFactory> application(ServerFactory server) {
    if (server instanceof DefaultServerFactory two) {
      return two.getApplicationConnectors();
    }
    return server instanceof SimpleServerFactory one ? List.of(one.getConnector()) : List.of();
  }
}
