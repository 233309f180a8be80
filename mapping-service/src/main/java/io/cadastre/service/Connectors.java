/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.config.LoopbackRule;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.tls.TlsReload;
import io.cadastre.service.tls.TlsRule;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.time.Duration;

/** Prepares the two connectors at a start, and keeps their files up to date. */
final class Connectors {
  /** The time within which a new certificate or revocation list counts. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private Connectors() {}

  /**
   * Sets where the connectors listen and how they speak TLS; to be called before they are built.
   *
   * @throws ConfigurationRefused if a file of TLS cannot be used
   */
  static TlsReload prepare(ServerFactory server, Clock clock) {
    LoopbackRule.apply(server);
    LoopbackRule.warn(server);
    TlsRule.apply(server);
    return TlsReload.open(server, clock);
  }

  /** Looks at the files of TLS at an interval, once the server runs. */
  static void keep(TlsReload tls, LifecycleEnvironment lifecycle, Background background) {
    lifecycle.addServerLifecycleListener(tls::serve);
    background.scheduleAlone("reading the files of TLS", LOOK_EVERY, tls::run);
  }
}
