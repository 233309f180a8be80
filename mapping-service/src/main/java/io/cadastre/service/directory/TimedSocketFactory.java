/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets with a read timeout from the start. The connect timeout of UnboundID's SDK ends
 * with the TCP handshake, so that the TLS handshake would wait for ever for a server that accepts
 * and then is silent. Later reads do not time out by it: the SDK ignores it between two messages.
 */
final class TimedSocketFactory extends SocketFactory {
  private final SocketFactory sockets;
  private final int millis;

  TimedSocketFactory(SocketFactory sockets, int millis) {
    this.sockets = sockets;
    this.millis = millis;
  }

  private Socket timed(Socket socket) throws IOException {
    socket.setSoTimeout(millis);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return timed(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return timed(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return timed(sockets.createSocket(host, port, localAddress, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return timed(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return timed(sockets.createSocket(address, port, localAddress, localPort));
  }
}
