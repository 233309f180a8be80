/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.rehearsal;

import io.cadastre.subid.EventHead;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/**
 * The least of a service that a sync needs, on a free port of loopback: a snapshot of one row, 304
 * for its entity tag, 204 for a report. Each connection has a thread.
 */
public final class RehearsalService implements AutoCloseable {
  private static final String TAG = "\"rehearsal\"";
  private static final String HEAD = "1 " + "ab".repeat(32);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 8;

  private final String scheme;
  private final ServerSocket socket;
  private final byte[] body;

  private RehearsalService(String scheme, ServerSocket socket) throws IOException {
    this.scheme = scheme;
    this.socket = socket;
    body = zipped(snapshot());
    daemon(this::serve);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  /** A service without TLS. */
  public static RehearsalService http() throws IOException {
    return new RehearsalService("http", new ServerSocket(0, BACKLOG, loopback()));
  }

  /**
   * A service with TLS; writes its certificate to the tree.
   *
   * @return empty if the Java runtime cannot make a key
   */
  public static Optional<RehearsalService> https(RehearsalTree tree) throws IOException {
    Optional<SSLContext> context = RehearsalKey.make(tree);
    return context.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RehearsalService(
                "https",
                context.get().getServerSocketFactory().createServerSocket(0, BACKLOG, loopback())));
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(LOOPBACK);
  }

  private static byte[] snapshot() {
    IdRange range = new IdRange(1_001_062_400L, 65536);
    SnapshotRow row =
        new SnapshotRow(new OwnerName("rehearsal"), 1001, new UUID(0, 1), range, range);
    return Snapshot.of(new UUID(0, 1), 1, HEAD.substring(2), List.of(row)).render();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  /** The URL for node.conf. */
  public String url() {
    return "%s://127.0.0.1:%d".formatted(scheme, socket.getLocalPort());
  }

  private void serve() {
    try {
      while (true) {
        Socket connection = socket.accept();
        daemon(() -> answerAll(connection));
      }
    } catch (IOException e) {
      // This service is closed.
      return;
    }
  }

  private void answerAll(Socket connection) {
    try (connection) {
      answer(connection);
    } catch (IOException e) {
      // The client has gone, or distrusts the certificate: the sync says so itself.
      return;
    }
  }

  /** Answers all requests of a connection, until the client closes it. */
  private void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = connection.getOutputStream();
    String request = in.readLine();
    while (request != null) {
      boolean known = false;
      int length = 0;
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        String field = line.toLowerCase(Locale.ROOT);
        known |= field.equals("if-none-match: " + TAG);
        length =
            field.startsWith("content-length: ")
                ? Integer.parseInt(field.substring("content-length: ".length()).strip())
                : length;
        line = in.readLine();
      }
      if (in.skip(length) < length) {
        return;
      }
      respond(out, request.startsWith("PUT ") ? 204 : known ? 304 : 200);
      request = in.readLine();
    }
  }

  private void respond(OutputStream out, int status) throws IOException {
    String header =
        "HTTP/1.1 %d OK\r\nETag: %s\r\n%s: %s\r\n".formatted(status, TAG, EventHead.FIELD, HEAD);
    header +=
        status == 200
            ? "Content-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length)
            : "\r\n";
    out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    if (status == 200) {
      out.write(body);
    }
    out.flush();
  }

  /** Stops listening. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
