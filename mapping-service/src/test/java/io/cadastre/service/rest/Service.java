/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.CadastreApplication;
import io.cadastre.service.api.Paths;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.directory.Slapd;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.glassfish.jersey.servlet.ServletContainer;

/** The whole service on a free port, with its ledger in a directory, and a client to it. */
final class Service implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String HEAD =
      """
      server:
        applicationConnectors: [{type: http, port: 0}]
        adminConnectors: [{type: http, port: 0}]
        requestLog: {appenders: []}
      logging: {level: WARN, appenders: [{type: console, target: stderr}]}
      access: %s
      ledger: {url: "%s", user: sa, create: ifMissing}
      """;
  private static final String CALLER = "identity: {source: caller}\n";

  /** The {@code pools:} of the YAML with the default pool. */
  static final String DEFAULT_POOL =
      "pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]\n";

  private final DropwizardTestSupport<CadastreConfiguration> service;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Service(Path directory, String yaml) {
    this(directory, "open", "jdbc:h2:file:%s/ledger".formatted(directory), yaml);
  }

  private Service(Path directory, String access, String ledger, String yaml) {
    this(HEAD.formatted(access, ledger) + yaml, directory);
  }

  /** A service with the whole of its configuration. */
  private Service(String yaml, Path directory) {
    try {
      Path file = directory.resolve("cadastre.yml");
      Files.writeString(file, yaml);
      service = new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
      service.before();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the service does not start", e);
    }
  }

  /** Identities come from the caller; one pool, the default one. */
  static Service ofCaller(Path directory) {
    return new Service(directory, CALLER + DEFAULT_POOL);
  }

  /** Identities come from the caller; these pools. */
  static Service ofCaller(Path directory, String pools) {
    return new Service(directory, CALLER + pools);
  }

  /** Identities come from the caller; {@code access} is that part of the YAML, in one line. */
  static Service closed(Path directory, String access) {
    return closed(directory, access, "jdbc:h2:file:%s/ledger".formatted(directory));
  }

  /** The same; {@code server} is a line of that part of the YAML. */
  static Service closedUnder(Path directory, String server, String access) {
    return new Service(
        HEAD.replace("server:\n", "server:\n  %s\n".formatted(server))
                .formatted(access, "jdbc:h2:file:%s/ledger".formatted(directory))
            + CALLER
            + DEFAULT_POOL,
        directory);
  }

  /** The same with its ledger at this URL. */
  static Service closed(Path directory, String access, String ledger) {
    return new Service(directory, access, ledger, CALLER + DEFAULT_POOL);
  }

  /**
   * Identities come from the caller; {@code access} is a part of the YAML in one line, {@code
   * limits} another. It logs to service.log and request.log in the directory.
   */
  static Service limited(Path directory, String access, String limits) {
    return new Service(
        HEAD.replace(
                    "requestLog: {appenders: []}",
                    "requestLog: {appenders: [{type: file, currentLogFilename: '%s/request.log', archive: false}]}"
                        .formatted(directory))
                .replace(
                    "{type: console, target: stderr}",
                    "{type: file, currentLogFilename: '%s/service.log', archive: false}"
                        .formatted(directory))
                .formatted(access, "jdbc:h2:file:%s/ledger".formatted(directory))
            + CALLER
            + DEFAULT_POOL
            + limits,
        directory);
  }

  /** The same with these pools, and a ledger in the directory. */
  static Service closedOfPools(Path directory, String access, String pools) {
    return new Service(
        directory, access, "jdbc:h2:file:%s/ledger".formatted(directory), CALLER + pools);
  }

  /** Identities come from an embedded directory with these accounts. */
  static Service ofDirectory(Path directory, String ldif) throws IOException {
    Path accounts = directory.resolve("accounts.ldif");
    Files.writeString(accounts, ldif);
    return new Service(
        directory,
        DEFAULT_POOL
            + "directory: {mode: embedded, embedded: {port: 0, accounts: %s}}\n"
                .formatted(accounts));
  }

  /** The same; {@code access} is that part of the YAML, in one line. */
  static Service closedOfDirectory(Path directory, String access, String ldif) throws IOException {
    Path accounts = directory.resolve("accounts.ldif");
    Files.writeString(accounts, ldif);
    return new Service(
        directory,
        access,
        "jdbc:h2:file:%s/ledger".formatted(directory),
        DEFAULT_POOL
            + "directory: {mode: embedded, embedded: {port: 0, accounts: %s}}\n"
                .formatted(accounts));
  }

  /** Identities come from this directory, the {@code directory:} part of a configuration. */
  static Service ofYaml(Path folder, String directory) {
    return new Service(folder, DEFAULT_POOL + directory);
  }

  /** Identities come from this slapd; {@code identity} is that part of the YAML. */
  static Service ofSlapd(Path directory, Slapd slapd, String identity) {
    return new Service(directory, identity + DEFAULT_POOL + slapd.yaml());
  }

  /** What Jetty runs behind the application connector. */
  ServletContainer jersey() {
    return (ServletContainer) service.getEnvironment().getJerseyServletContainer();
  }

  ServletHandler servlets() {
    return service.getEnvironment().getApplicationContext().getServletHandler();
  }

  int port() {
    return service.getLocalPort();
  }

  int adminPort() {
    return service.getAdminPort();
  }

  /** Sends a request to the admin connector. */
  Answer admin(String method, String path, String body) {
    return answer(admin(path).method(method, BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder admin(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort() + path))
        .header("Content-Type", "application/json");
  }

  /** The answer of a service. */
  record Answer(HttpResponse<byte[]> http) {
    int status() {
      return http.statusCode();
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(http.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(text());
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The problem's type without its prefix; says so if it is not a whole problem document. */
    String problem() {
      JsonNode problem = json();
      String type = problem.path("type").asText();
      boolean whole =
          header("Content-Type").equals("application/problem+json")
              && problem.path("status").asInt() == status()
              && !problem.path("title").asText().isEmpty()
              && !problem.path("detail").asText().isEmpty()
              && !header("X-Request-Id").isEmpty()
              && problem.path("requestId").asText().equals(header("X-Request-Id"))
              && header("X-Content-Type-Options").equals("nosniff");
      return whole ? type.replaceFirst("^urn:cadastre:problem:", "") : "no problem: " + this;
    }

    @Override
    public String toString() {
      return status() + " " + http.headers().map() + "\n" + text();
    }
  }

  Answer send(String method, String path, String body, String... headers) {
    BodyPublisher content =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return request(
        path,
        request -> {
          request.method(method, content);
          if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
          }
          if (headers.length > 0) {
            request.headers(headers);
          }
        });
  }

  /** Waits for the event of the first token's use, which comes by itself, once. */
  void awaitUseOfFirstToken(String token) {
    awaitUseOfFirstToken(token, "");
  }

  /** The same for a service whose paths begin with this. */
  void awaitUseOfFirstToken(String token, String prefix) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> as(token, "GET", prefix + Paths.EVENTS + "?kind=use-bootstrap", "").text(),
            text -> text.contains("\"use-bootstrap\""));
  }

  /** Sends a request with this token. */
  Answer as(String token, String method, String path, String body) {
    return send(method, path, body, "Authorization", "Bearer " + token);
  }

  /** Sends a request to the admin connector with these headers. */
  Answer adminAs(String method, String path, String... headers) {
    return request(
        adminPort(),
        path,
        request -> {
          request.method(method, BodyPublishers.noBody());
          if (headers.length > 0) {
            request.headers(headers);
          }
        });
  }

  Answer request(String path, Consumer<HttpRequest.Builder> settings) {
    return request(port(), path, settings);
  }

  private Answer request(int port, String path, Consumer<HttpRequest.Builder> settings) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    settings.accept(request);
    return answer(request.build());
  }

  private Answer answer(HttpRequest request) {
    try {
      return new Answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /** Gives an account a range; its stable id is made of its name. */
  JsonNode allocate(String name, long uid) {
    return put("/v1/owners/" + name, identity(uid, "id-" + name)).json();
  }

  static String identity(long uid, String stableId) {
    return "{\"uidNumber\":%d,\"gidNumber\":%d,\"stableId\":\"%s\"}".formatted(uid, uid, stableId);
  }

  /** Sends these bytes as they are and reads until the service closes the connection. */
  String raw(String request) {
    return new String(rawBytes(request), StandardCharsets.UTF_8);
  }

  /** The same with the bytes of the answer. */
  byte[] rawBytes(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the last event: it tells whether anything was changed. */
  long events() {
    long last = 0;
    for (boolean more = true; more; ) {
      JsonNode page = get("/v1/events?limit=1000&after=" + last).json();
      last += page.path("events").size();
      more = page.has("next");
    }
    return last;
  }

  @Override
  public void close() {
    service.after();
  }
}
