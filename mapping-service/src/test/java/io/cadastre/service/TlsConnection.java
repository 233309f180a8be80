/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** One connection by TLS, over which requests go one after the other. */
final class TlsConnection implements AutoCloseable {
  private final SSLSocket socket;
  private final InputStream in;
  private final int port;

  /** The status of an answer and its body. */
  record Reply(int status, String body) {}

  TlsConnection(SSLContext context, int port) throws IOException {
    this.port = port;
    socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    in = new BufferedInputStream(socket.getInputStream());
  }

  SSLSession session() {
    return socket.getSession();
  }

  String serverSerial() throws IOException {
    X509Certificate server = (X509Certificate) session().getPeerCertificates()[0];
    return server.getSerialNumber().toString(16);
  }

  Reply get(String path, String... headers) throws IOException {
    return send("GET", path, "", headers);
  }

  Reply send(String method, String path, String sent, String... headers) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(method, path, port));
    head.append("Content-Length: %d\r\n".formatted(sent.length()));
    if (!sent.isEmpty()) {
      head.append("Content-Type: application/json\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    socket.getOutputStream().write((head + "\r\n" + sent).getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    String status = line();
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
    }
    String body;
    if (length >= 0) {
      body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    } else {
      StringBuilder chunks = new StringBuilder();
      for (int size = chunk(); size > 0; size = chunk()) {
        chunks.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
        String unused = line();
      }
      String unused = line();
      body = chunks.toString();
    }
    return new Reply(Integer.parseInt(status.split(" ", -1)[1]), body);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
