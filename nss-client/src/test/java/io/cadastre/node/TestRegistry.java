/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cadastre.subid.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** A service for tests: real snapshot bodies, strong entity tags, 304 and gzip over loopback. */
public final class TestRegistry implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile byte[] body = new byte[0];
  private volatile String etag = "";
  private volatile int status = 200;
  private volatile boolean gzip = true;
  private volatile String head = "";
  private volatile int reportStatus = 204;
  private final List<String> reports = new CopyOnWriteArrayList<>();

  private TestRegistry(HttpServer server) {
    this.server = server;
  }

  /** A service on a free port that serves this snapshot. */
  public static TestRegistry serving(Snapshot snapshot) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestRegistry registry = new TestRegistry(server);
      registry.serve(snapshot);
      server.createContext("/", registry::answer);
      server.start();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves this snapshot from now on. */
  public void serve(Snapshot snapshot) {
    serve(snapshot.render(), snapshot.digest());
  }

  /** Serves these bytes from now on. */
  public void serve(byte[] bytes, String tag) {
    body = bytes;
    etag = tag;
  }

  /** The text of the snapshot that is served. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Answers with this status and without a snapshot. */
  public void answerWith(int code) {
    status = code;
  }

  /** Sends uncompressed bodies, also to a client that accepts gzip. */
  public void withoutGzip() {
    gzip = false;
  }

  /** Tells this newest event, NUMBER HASH, from now on; nothing if the text is empty. */
  public void tell(String numberAndHash) {
    head = numberAndHash;
  }

  /** Sends no entity tags. */
  public void withoutEtag() {
    etag = "";
  }

  /** The requests since the last call: path, If-None-Match, and the status of the answer. */
  public List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** The bodies of reports since the last call, each after its path. */
  public List<String> reports() {
    List<String> all = List.copyOf(reports);
    reports.clear();
    return all;
  }

  /** Answers reports with this status. */
  public void answerReportsWith(int code) {
    reportStatus = code;
  }

  /** The URL for {@code --url}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      try (exchange) {
        byte[] report = exchange.getRequestBody().readAllBytes();
        reports.add(exchange.getRequestURI() + " " + new String(report, StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(reportStatus, -1);
      }
      return;
    }
    boolean compress =
        gzip
            && Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
    // The gzip form has another tag: RFC 9110 requires that of strong tags.
    String tag = "\"" + etag + (compress ? "-gzip\"" : "\"");
    Optional<String> known =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match"));
    int code = status != 200 ? status : known.filter(tag::equals).isPresent() ? 304 : 200;
    asked.add(
        "%s %s %d".formatted(exchange.getRequestURI(), known.isPresent() ? "known" : "-", code));
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      if (!head.isEmpty()) {
        exchange.getResponseHeaders().set("Cadastre-Head", head);
      }
      if (!etag.isEmpty()) {
        exchange.getResponseHeaders().set("ETag", tag);
      }
      if (code == 302) {
        exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
      }
      if (code == 304) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      byte[] bytes = code == 200 ? body : "no\n".getBytes(StandardCharsets.UTF_8);
      if (compress) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        bytes = zipped(bytes);
      }
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
