/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadastre.node.Main;
import io.cadastre.service.FreePort;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samples of config/proxy in the real nginx and Apache, before a real service: a node syncs
 * through each, and nothing but a node's paths passes. Ten seconds.
 */
@Tag("slow")
class ReverseProxyTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("cadastre.root")).resolve("config/proxy");
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  @TempDir static Path folder;
  private static Service service;
  private static String node;

  private final int port = FreePort.next();
  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Path bootstrap = folder.resolve("bootstrap.token");
    SecretFile.create(bootstrap, BOOTSTRAP::text);
    service =
        Service.closed(
            folder, "{bootstrapTokenFile: %s, hosts: [registry.example.org]}".formatted(bootstrap));
    service.as(BOOTSTRAP.text(), "PUT", "/v1/owners/zoe", Service.identity(4242, "id-zoe"));
    node =
        service
            .as(
                BOOTSTRAP.text(),
                "POST",
                "/v1/admin/tokens",
                "{\"name\":\"rack\",\"role\":\"node\",\"nodes\":\"*\"}")
            .json()
            .path("secret")
            .asText();
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=registry.example.org",
        "-addext",
        "subjectAltName=DNS:registry.example.org,DNS:localhost",
        "-keyout",
        "proxy.key",
        "-out",
        "proxy.pem");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void stopTheProxy() throws Exception {
    for (Process process : started) {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static void run(String... words) throws Exception {
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("made.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("made.log"))).isZero();
  }

  /** The shipped text, with the ports and files of this test. */
  private String sample(String name, int behind) throws IOException {
    return Files.readString(SAMPLES.resolve(name))
        .replace("listen 443 ssl", "listen 127.0.0.1:%d ssl".formatted(port))
        .replace("*:443", "127.0.0.1:" + port)
        .replace("/etc/cadastre/proxy", folder.resolve("proxy").toString())
        .replace("http://127.0.0.1:8080", "http://127.0.0.1:" + behind);
  }

  private void start(String proxy, int behind) throws Exception {
    Path configuration = folder.resolve(proxy + "-" + port + ".conf");
    List<String> command;
    if (proxy.equals("nginx")) {
      String temporary =
          Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
              .map(part -> "%s_temp_path %s/%s-%d;\n".formatted(part, folder, part, port))
              .reduce("", String::concat);
      Files.writeString(
          configuration,
          "%sdaemon off;\npid %s/nginx-%d.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n%s%s}\n"
              .formatted(
                  ROOT ? "user root;\n" : "",
                  folder,
                  port,
                  temporary,
                  sample("nginx.conf", behind)));
      command = List.of("nginx", "-e", "stderr", "-c", configuration.toString());
    } else {
      String modules =
          Stream.of(
                  "mpm_event",
                  "authz_core",
                  "headers",
                  "proxy",
                  "proxy_http",
                  "rewrite",
                  "ssl",
                  "env")
              .map("LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so%n"::formatted)
              .reduce("", String::concat);
      Files.writeString(
          configuration,
          "%sServerRoot %s\nServerName localhost\nListen 127.0.0.1:%d\nPidFile %s/apache-%d.pid\nErrorLog /dev/stderr\n%s%s"
              .formatted(
                  modules,
                  folder,
                  port,
                  folder,
                  port,
                  ROOT ? "User nobody\nGroup nogroup\n" : "",
                  sample("apache.conf", behind)));
      command = List.of("apache2", "-X", "-f", configuration.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(proxy + ".log").toFile())
            .start();
    started.add(process);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              assertThat(process.isAlive())
                  .as(Files.readString(folder.resolve(proxy + ".log")))
                  .isTrue();
              try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
              } catch (IOException e) {
                return false;
              }
            });
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes that are no text; no two answers are compared
  private record Curl(int status, String head, byte[] body) {
    String header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Sends a request as it is; the node's token comes from a file. */
  private Curl curl(String path, String... more) throws Exception {
    Path head = folder.resolve("head");
    Path header = folder.resolve("authorization");
    Files.writeString(header, "Authorization: Bearer " + node + "\n");
    List<String> words =
        new ArrayList<>(
            List.of(
                "curl",
                "-qs",
                "--noproxy",
                "*",
                "--path-as-is",
                "--globoff",
                "--cacert",
                folder.resolve("proxy.pem").toString(),
                "--header",
                "@" + header,
                "-D",
                head.toString()));
    words.addAll(List.of(more));
    words.add("https://localhost:" + port + path);
    Process process = new ProcessBuilder(words).start();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    process.getInputStream().transferTo(body);
    assertThat(process.waitFor()).isZero();
    String text = Files.readString(head, StandardCharsets.ISO_8859_1);
    return new Curl(
        Integer.parseInt(text.replaceFirst("(?s)^HTTP/\\S+ (\\d+).*", "$1")),
        text,
        body.toByteArray());
  }

  private static void assumeInstalled(String program) {
    boolean there =
        Files.isExecutable(Path.of("/usr/sbin", program))
            && Files.isExecutable(Path.of("/usr/bin/curl"));
    assertThat(there || System.getenv("CI") == null).as(program + " is not installed").isTrue();
    Assumptions.assumeTrue(there, program + " is not installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "apache2"})
  void passesANodesPathsAndNoOthers(String proxy) throws Exception {
    assumeInstalled(proxy);
    start(proxy, service.port());

    Curl snapshot = curl("/v1/snapshot");
    assertThat(snapshot.status()).as(snapshot.head()).isEqualTo(200);
    assertThat(new String(snapshot.body(), StandardCharsets.UTF_8)).contains("\nzoe:4242:");
    assertThat(snapshot.header("cadastre-head")).matches("[0-9]+ [0-9a-f]{64}");
    String tag = snapshot.header("etag");
    assertThat(tag).startsWith("\"").endsWith("\"");
    Curl same = curl("/v1/snapshot", "-H", "If-None-Match: " + tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("cadastre-head")).matches("[0-9]+ [0-9a-f]{64}");
    Curl zipped = curl("/v1/snapshot", "-H", "Accept-Encoding: gzip");
    assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
    assertThat(zipped.header("etag")).isNotEqualTo(tag).startsWith("\"");
    assertThat(
            curl(
                    "/v1/snapshot",
                    "-H",
                    "Accept-Encoding: gzip",
                    "-H",
                    "If-None-Match: " + zipped.header("etag"))
                .status())
        .isEqualTo(304);
    for (String path :
        List.of(
            "/v1/changes?since=1",
            "/v1/subuid",
            "/v1/subgid?owner=uid",
            "/v1/owners/zoe/contains?type=subuid&start=1001062400&count=5")) {
      assertThat(curl(path).status()).as(path).isEqualTo(200);
    }
    assertThat(curl("/v1/snapshot", "-I").status()).isEqualTo(200);
    // the service reads the report, and misses what belongs in it
    Curl report =
        curl(
            "/v1/nodes/r7n01.example.org/report",
            "-X",
            "PUT",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{}");
    assertThat(report.status()).isEqualTo(400);
    assertThat(report.header("x-request-id")).isNotEmpty();
    isRefusedByTheProxy();
    isRefusedByTheService();
    aNodeSyncs();
  }

  private void isRefusedByTheProxy() throws Exception {
    for (String path :
        List.of(
            "/",
            "/v1",
            "/v1/",
            "/v1/openapi.json",
            "/v1/events",
            "/v1/owners/zoe",
            "/v1/pools",
            "/v1/nodes",
            "/v1/nodes/r7n01.example.org/report",
            "/v1/allocations",
            "/v1/admin/tokens",
            "/v1/snapshot/",
            "/v1/snapshot;x=1",
            "//v1/snapshot",
            "/v1//snapshot",
            "/v1/%73napshot",
            "/v1/snapshot/../admin/tokens",
            "/v1/snapshot%2f..%2fadmin%2ftokens",
            "/v1/subuid/..;/admin/tokens",
            "/v1/owners/x/contains?a/../../../admin/tokens",
            "/v1/owners/a%2fb/contains?x=1",
            "/v1/snapshot%00",
            "/healthcheck",
            "/metrics")) {
      Curl answer = curl(path);
      assertThat(answer.status()).as(path).isIn(400, 403, 404);
      assertThat(answer.header("x-request-id")).as("it came to the service: " + path).isEmpty();
    }
    for (String method : List.of("PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
      Curl answer = curl("/v1/snapshot", "-X", method);
      assertThat(answer.status()).as(method).isIn(403, 404, 405);
      assertThat(answer.header("x-request-id")).as(method).isEmpty();
    }
  }

  private void isRefusedByTheService() throws Exception {
    Curl foreign = curl("/v1/snapshot", "-H", "Host: evil.example.com");
    assertThat(foreign.status()).isEqualTo(421);
    assertThat(curl("/v1/snapshot", "-H", "Host: registry.example.org").status()).isEqualTo(200);
    Curl page = curl("/v1/snapshot", "-H", "Origin: https://evil.example.com");
    assertThat(page.status()).isEqualTo(400);
    // two credentials: nginx refuses them itself
    assertThat(curl("/v1/snapshot", "-H", "Authorization: Bearer x").status()).isIn(400, 401);
  }

  private void aNodeSyncs() throws Exception {
    Path root = folder.resolve("node-" + port);
    Files.createDirectories(root.resolve("etc/cadastre"));
    Files.createFile(root.resolve("etc/subuid"));
    Files.createFile(root.resolve("etc/subgid"));
    Files.copy(folder.resolve("proxy.pem"), root.resolve("etc/cadastre/ca.pem"));
    SecretFile.create(root.resolve("etc/cadastre/node.token"), () -> node);
    Files.writeString(
        root.resolve("etc/cadastre/node.conf"),
        """
        url = https://localhost:%d
        ca-file = /etc/cadastre/ca.pem
        token-file = /etc/cadastre/node.token
        """
            .formatted(port));
    for (int i = 0; i < 2; i++) {
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said);
      assertThat(Main.run(new String[] {"sync", "--root", root.toString()}, out, out))
          .as(said.toString())
          .isZero();
    }
    assertThat(Files.readString(root.resolve("etc/subuid"))).contains("zoe:1001062400:65536");
  }

  /**
   * What the service gets: the client's address, whatever the client says, and the Host it asked
   * for.
   */
  @ParameterizedTest
  @ValueSource(strings = {"nginx", "apache2"})
  void aForgedForwardedDoesNotPass(String proxy) throws Exception {
    assumeInstalled(proxy);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      StringBuilder heard = new StringBuilder();
      Thread thread = new Thread(() -> heard.append(hear(listener)), "listener");
      thread.start();
      start(proxy, listener.getLocalPort());
      curl(
          "/v1/snapshot",
          "-H",
          "Forwarded: for=10.1.2.3",
          "-H",
          "X-Forwarded-For: 10.1.2.3",
          "-H",
          "X-Real-IP: 10.1.2.3",
          "-H",
          "X-Forwarded-Host: evil.example.com");
      thread.join(20_000);
      assertThat(heard.toString())
          .containsIgnoringCase("\r\nHost: localhost:" + port + "\r\n")
          .containsIgnoringCase("\r\nForwarded: for=\"127.0.0.1\"\r\n")
          .containsIgnoringCase("\r\nAuthorization: Bearer " + node + "\r\n")
          .doesNotContain("10.1.2.3", "evil.example.com");
    }
  }

  private static String hear(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      socket
          .getOutputStream()
          .write("HTTP/1.1 204 x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      return text.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
