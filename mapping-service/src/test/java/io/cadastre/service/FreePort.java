/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports for servers that a test starts by number, and starts again. The kernel gives the ports from
 * 32768 to every connection and may give away one that a test has chosen; these are below. Each JVM
 * begins elsewhere, since two of them test at the same time. Thread-safe.
 */
public final class FreePort {
  private static final int FIRST = 10_000;
  private static final int PORTS = 22_000;

  /** So that JVMs with pids in a row are far apart. */
  private static final long SPREAD = 1009;

  private static int taken = (int) (ProcessHandle.current().pid() * SPREAD % PORTS);

  private FreePort() {}

  /** Returns a loopback port that is free, and that this JVM did not return before. */
  public static synchronized int next() {
    for (int i = 0; i < PORTS; i++) {
      taken = (taken + 1) % PORTS;
      if (isFree(FIRST + taken)) {
        return FIRST + taken;
      }
    }
    throw new IllegalStateException("no port from %d is free".formatted(FIRST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
