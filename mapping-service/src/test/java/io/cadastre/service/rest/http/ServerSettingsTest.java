/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.tls.ServerConnectors;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the service sets of its server, and what it leaves to the operator. */
class ServerSettingsTest {
  @Test
  void selectorsAcceptUnlessTheOperatorWantsThreadsForThat() {
    HttpConnectorFactory usual = new HttpConnectorFactory();
    HttpConnectorFactory chosen = new HttpConnectorFactory();
    chosen.setAcceptorThreads(Optional.of(2));
    DefaultServerFactory server = new DefaultServerFactory();
    server.setApplicationConnectors(List.of(usual, chosen));

    ServerSettings.apply(server);

    assertThat(usual.getAcceptorThreads()).contains(0);
    assertThat(chosen.getAcceptorThreads()).contains(2);
    assertThat(ServerConnectors.all(server))
        .allSatisfy(
            connector ->
                assertThat(((HttpConnectorFactory) connector).getHeaderCacheSize().toBytes())
                    .isZero());
  }
}
