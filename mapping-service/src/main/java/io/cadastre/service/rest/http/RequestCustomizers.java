/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.AddressRange;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;

/** What changes requests before everything else, the request log included. */
final class RequestCustomizers {
  private RequestCustomizers() {}

  /** Puts them into all connectors of a server when it starts. */
  static LifeCycle.Listener of(List<AddressRange> trustedProxies) {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStarting(LifeCycle started) {
        if (started instanceof Server server) {
          for (HttpConfiguration http : configurations(server)) {
            http.addCustomizer(new ClientAddress(trustedProxies));
            http.addCustomizer(new SecretUris());
          }
          Optional.ofNullable(server.getRequestLog())
              .map(SecretUris::log)
              .ifPresent(server::setRequestLog);
        }
      }
    };
  }

  /** Two protocols of a connector may share one. */
  private static Set<HttpConfiguration> configurations(Server server) {
    Set<HttpConfiguration> all = Collections.newSetFromMap(new IdentityHashMap<>());
    Stream.of(server.getConnectors())
        // Dropwizard puts each factory into one that measures.
        .flatMap(
            connector ->
                ((Container) connector)
                    .getContainedBeans(HttpConfiguration.ConnectionFactory.class).stream())
        .map(HttpConfiguration.ConnectionFactory::getHttpConfiguration)
        .forEach(all::add);
    return all;
  }
}
