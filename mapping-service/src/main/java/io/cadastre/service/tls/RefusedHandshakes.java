/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs handshakes that fail: Jetty does not, and such a client reaches no other log. */
final class RefusedHandshakes implements SslHandshakeListener {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedHandshakes.class);

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    if (failure instanceof SSLException) { // else the client went away
      LOG.warn(
          "refused (tls): a handshake from {}: {}",
          event.getEndPoint().getRemoteSocketAddress(),
          ClientTrust.reason(failure));
    }
  }
}
