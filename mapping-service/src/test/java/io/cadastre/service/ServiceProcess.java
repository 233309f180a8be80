/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, on free ports, with its ledger in a folder. */
public final class ServiceProcess implements AutoCloseable {
  /** The JVM option of bin/cadastre for commands: for a process that soon ends. */
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String POOLS =
      """
      pools:
        - name: default
          segments:
            - first: 1001062400
              last: 1879048191
        - name: small
          count: 2048
          segments:
            - first: 671088640
              last: 939524095
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port = FreePort.next();
  private final int adminPort = FreePort.next();
  private Optional<Process> process = Optional.empty();
  private Optional<String> token = Optional.empty();

  /**
   * A service that is not started yet.
   *
   * @param folder for its configuration, ledger and log
   * @param directory the {@code directory:} part of its YAML
   */
  public ServiceProcess(Path folder, String directory) {
    this(folder, "directory", directory);
  }

  /** The same, with that {@code identity.source}. */
  ServiceProcess(Path folder, String source, String directory) {
    this(folder, source, POOLS, directory);
  }

  /**
   * The same.
   *
   * @param pools the {@code pools:} part of its YAML
   */
  public ServiceProcess(Path folder, String source, String pools, String directory) {
    this.folder = folder;
    write(
        """
        access: open
        ledger:
          url: jdbc:h2:file:%s/ledger
          user: cadastre
          create: ifMissing
          maxSize: 16
          minSize: 2
          initialSize: 2
        identity:
          source: %s
        %sserver:
          applicationConnectors:
            - type: http
              port: %d
          adminConnectors:
            - type: http
              port: %d
          requestLog:
            appenders: []
        logging:
          level: WARN
          appenders:
            - type: console
        %s
        """
            .formatted(folder, source, pools, port, adminPort, directory));
  }

  private void write(String yaml) {
    try {
      Files.writeString(configuration(), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its configuration file. */
  public Path configuration() {
    return folder.resolve("cadastre.yml");
  }

  /** Has later starts fail without a ledger, as a site's do. */
  void createsNoLedgerFromNowOn() throws IOException {
    write(Files.readString(configuration()).replace("create: ifMissing", "create: never"));
  }

  /** The URL of the service. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Its admin connector. */
  public String adminUrl() {
    return "http://127.0.0.1:" + adminPort;
  }

  /** The file of the log. */
  public Path log() {
    return folder.resolve("service.log");
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.map(Process::isAlive).orElse(false);
  }

  /** The id of its process. */
  public long pid() {
    return process.orElseThrow().pid();
  }

  /** Its application port. */
  public int port() {
    return port;
  }

  /** Starts it as config/systemd/cadastre.service does, and waits until it is healthy. */
  public ServiceProcess start(String... jvmOptions) throws IOException, InterruptedException {
    return start(List.of(), jvmOptions);
  }

  /** The same, for a service that asks for a credential: with this token. */
  public ServiceProcess startWith(String admin) throws IOException, InterruptedException {
    token = Optional.of(admin);
    return start();
  }

  /**
   * The same.
   *
   * @param before words before the command, strace's for one
   */
  ServiceProcess start(List<String> before, String... jvmOptions)
      throws IOException, InterruptedException {
    begin(before, jvmOptions);
    awaitHealthy();
    return this;
  }

  /** Starts it and does not wait. */
  public void begin() throws IOException {
    begin(List.of());
  }

  private void begin(List<String> before, String... jvmOptions) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("chrt", "-b", "0", "nice", "-n", "10"));
    command.addAll(java("io.cadastre.service.CadastreApplication", jvmOptions));
    command.addAll(List.of("server", configuration().toString()));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    process = Optional.of(started);
  }

  /** Waits until it is healthy after {@link #begin}. */
  public void awaitHealthy() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isHealthy()) {
      if (!isAlive() || System.nanoTime() > deadline) {
        close();
        throw new AssertionError("the service does not start: " + Files.readString(log()));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** The words that run a main class with the tests' class path, as the unit runs Java. */
  static List<String> java(String mainClass, String... jvmOptions) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(UnitOptions.read());
    words.addAll(List.of(jvmOptions));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return words;
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(adminUrl() + "/healthcheck"));
      token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
      return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a request and gives the answer's body, whatever its status. */
  public String send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    String base = path.equals("/healthcheck") ? adminUrl() : url();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", type)
            .header("Accept", "*/*")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.orElseThrow().destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops it in good order if it runs. */
  public void stop() {
    process.ifPresent(
        p -> {
          p.destroy();
          try {
            if (!p.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
              p.destroyForcibly().waitFor();
            }
          } catch (InterruptedException e) {
            p.destroyForcibly();
            Thread.currentThread().interrupt();
          }
        });
  }
}
