/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs handshakes that fail: Jetty does not, and such a client reaches no other log. Everyone who
 * reaches the port can cause them, so a flood is 200 lines and then one a second. Thread-safe.
 */
final class RefusedHandshakes implements SslHandshakeListener {
  /** The lines at once after a rest. */
  static final int LINES = 200;

  private static final Logger LOG = LoggerFactory.getLogger(RefusedHandshakes.class);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  // guarded by this
  private long left = LINES;
  private long counted = System.nanoTime();

  private final AtomicLong silent = new AtomicLong();

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    if (!(failure instanceof SSLException)) { // the client went away
      return;
    }
    if (!take()) {
      silent.incrementAndGet();
      return;
    }
    long before = silent.getAndSet(0);
    if (before > 0) {
      LOG.warn("{} further handshakes were refused and not logged", before);
    }
    LOG.warn(
        "refused (tls): a handshake from {}: {}",
        event.getEndPoint().getRemoteSocketAddress(),
        ClientTrust.reason(failure));
  }

  private synchronized boolean take() {
    long seconds = (System.nanoTime() - counted) / SECOND;
    counted += seconds * SECOND;
    left = Math.min(LINES, left + seconds);
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
