/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.cadastre.service.logs.BoundedLog;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.slf4j.LoggerFactory;

/**
 * Logs handshakes that fail: Jetty does not, and such a client reaches no other log. Everyone who
 * reaches the port can cause them, so their number is bounded. Thread-safe.
 */
final class RefusedHandshakes implements SslHandshakeListener {
  private final BoundedLog log =
      new BoundedLog(LoggerFactory.getLogger(RefusedHandshakes.class), "handshakes");

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    if (failure instanceof SSLException) { // else the client went away
      log.refused(
          "refused (tls): a handshake from {}: {}",
          event.getEndPoint().getRemoteSocketAddress(),
          ClientTrust.reason(failure));
    }
  }
}
