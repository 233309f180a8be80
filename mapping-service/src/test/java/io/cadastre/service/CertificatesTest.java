/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.TestAuthority.Issued;
import io.cadastre.service.TlsConnection.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that show certificates to a running service, and files that are replaced while it runs.
 * The service asks for certificates and takes connections without. Twenty seconds.
 */
@Tag("slow")
class CertificatesTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir static Path dir;
  private static TestAuthority site;
  private static TestAuthority other;
  private static CallerService service;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    site = new TestAuthority(dir.resolve("site"));
    other = new TestAuthority(dir.resolve("other"));
    Issued server = site.issue("server", "IP:127.0.0.1,DNS:localhost");
    Files.copy(server.certificate(), dir.resolve("server.pem"));
    Files.copy(server.key(), dir.resolve("server.key"));
    Files.copy(site.certificate(), dir.resolve("clients.pem"));
    Files.copy(site.list(), dir.resolve("clients.crl"));
    service =
        CallerService.start(
            dir,
            """
            server:
              applicationConnectors:
                - type: https-pem
                  port: 0
                  certificateFile: %1$s/server.pem
                  keyFile: %1$s/server.key
                  clientCaFile: %1$s/clients.pem
                  crlPath: %1$s/clients.crl
                  wantClientAuth: true
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            """,
            """
            logging: {level: INFO, appenders: [{type: file, currentLogFilename: %1$s/service.log, archive: false}]}
            """,
            """
            access:
              bootstrapTokenFile: %1$s/bootstrap.token
              certificates:
                - {dns: "*.nodes.example.org", role: node}
                - {uri: "spiffe://example.org/hook", name: hook, role: provisioner, uids: 1000-65000}
                - {email: zoe@example.org, name: zoe, role: admin}
                - {dns: "*.both.example.org", role: node}
                - {dns: "a.both.example.org", role: auditor}
            """);
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static TlsConnection connect(Issued... shown) throws Exception {
    return new TlsConnection(site.client("TLS", shown), service.port());
  }

  private static Reply get(String path, Issued... shown) throws Exception {
    try (TlsConnection connection = connect(shown)) {
      return connection.get(path);
    }
  }

  private static String log() throws IOException {
    return Files.readString(dir.resolve("service.log"), StandardCharsets.UTF_8);
  }

  /**
   * Refused in the handshake, which a client of TLS 1.3 learns from its first read, or with 401.
   */
  private static boolean isRefused(SSLContext context) {
    try (TlsConnection connection = new TlsConnection(context, service.port())) {
      return connection.get("/v1/snapshot").status() == 401;
    } catch (IOException e) {
      return true;
    }
  }

  private static void soon(String what, Supplier<Boolean> holds) throws InterruptedException {
    Instant end = Instant.now().plus(SOON);
    while (!holds.get()) {
      assertThat(Instant.now()).as(what + " within " + SOON).isBefore(end);
      Thread.sleep(100);
    }
  }

  @Test
  void nodeByItsCertificateReadsTheSnapshotAndNothingElse() throws Exception {
    Issued node = site.issue("n1", "DNS:N1.nodes.example.org,DNS:n1-ib.nodes.example.org");

    assertThat(get("/v1/snapshot", node).status()).isEqualTo(200);
    Reply events = get("/v1/events", node);
    assertThat(events.status()).isEqualTo(403);
    assertThat(events.body()).contains("n1.nodes.example.org has the role node");
  }

  @Test
  void eventNamesTheCertificateThatMadeTheChange() throws Exception {
    Issued hook = site.issue("hook", "URI:spiffe://example.org/hook");
    Issued admin = site.issue("zoe", "email:zoe@example.org");
    String serial = hook.identity().chain().get(0).getSerialNumber().toString(16);
    try (TlsConnection connection = connect(hook)) {
      String amy = "{\"uidNumber\": 20001, \"gidNumber\": 20001, \"stableId\": \"amy-1\"}";
      assertThat(connection.send("PUT", "/v1/owners/amy", amy).status()).isEqualTo(201);
      assertThat(connection.get("/v1/admin/tokens").status()).isEqualTo(403);
    }

    assertThat(get("/v1/events", admin).body())
        .contains("\"actor\":\"hook\"", "\"role\":\"provisioner\"")
        .containsPattern("\"credential\":\"certificate %s sha256:[0-9a-f]{64}\"".formatted(serial));
  }

  private static CommandLine command(Issued shown, String command, String... arguments) {
    return CommandLine.run(
        Stream.of(
                Stream.of(command.split(" ", -1)),
                Stream.of("--url", "https://127.0.0.1:" + service.port()),
                Stream.of("--ca-file", site.certificate().toString()),
                Stream.of("--certificate-file", shown.certificate().toString()),
                Stream.of("--key-file", shown.key().toString()),
                Stream.of(arguments))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  @Test
  void clientWithoutACertificateShowsATokenOrIsRefused() throws Exception {
    Reply none = get("/v1/snapshot");
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.body()).contains("a credential is required");
    try (TlsConnection connection = connect()) {
      String token = service.token();
      assertThat(connection.get("/v1/admin/tokens", "Authorization: Bearer " + token).status())
          .isEqualTo(200);
    }
  }

  /** The role of the token counts alone, whatever the certificate beside it could do. */
  @Test
  void tokenBesideACertificateDecidesAlone() throws Exception {
    Issued admin = site.issue("zoe2", "email:zoe@example.org");
    Issued unknown = site.issue("unknown2", "DNS:unknown.example.org");
    Path token = dir.resolve("auditor.token");
    CommandLine made =
        command(admin, "token make", "aud", "--role", "auditor", "--output", token.toString());
    assertThat(made.status()).as(made.err()).isZero();
    String bearer = "Authorization: Bearer " + Files.readString(token).strip();

    try (TlsConnection connection = connect(admin)) {
      assertThat(connection.send("POST", "/v1/admin/tokens", "{}", bearer).status()).isEqualTo(403);
      assertThat(connection.get("/v1/events", bearer).status()).isEqualTo(200);
      assertThat(connection.get("/v1/events", bearer + "x").status()).isEqualTo(401);
    }
    try (TlsConnection connection = connect(unknown)) {
      assertThat(connection.get("/v1/events", bearer).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DNS:nodes.example.org",
        "DNS:a.b.nodes.example.org",
        "DNS:*.nodes.example.org",
        "DNS:n1.nodes.example.org.evil.example",
        "DNS:.nodes.example.org",
        "URI:spiffe://example.org/hook/",
        "email:zoe@example.org.evil.example",
        "email:ZOE@example.org",
        "DNS:zoe@example.org",
        "IP:127.0.0.1",
      })
  void nameThatNoRuleMatchesIsRefused(String names) throws Exception {
    Reply reply = get("/v1/snapshot", site.issue("name" + names.hashCode(), names));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).contains("matches no rule");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DNS:a.both.example.org", "DNS:n7.nodes.example.org,email:zoe@example.org"})
  void certificateThatMatchesTwoRulesIsRefused(String names) throws Exception {
    Reply reply = get("/v1/snapshot", site.issue("two" + names.hashCode(), names));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).contains("matches 2 rules");
  }

  @Test
  void expiredAndForeignCertificatesAreRefused() throws Exception {
    Instant now = Instant.now();
    Issued expired =
        site.issue(
            "old",
            "DNS:old.nodes.example.org",
            now.minus(Duration.ofDays(3)),
            now.minus(Duration.ofSeconds(60)));
    Issued foreign = other.issue("n1", "DNS:n1.nodes.example.org");

    assertThat(isRefused(site.client("TLS", expired))).isTrue();
    assertThat(isRefused(site.client("TLS", foreign))).isTrue();
    soon("the log", () -> logHas("refused (tls): a handshake from /127.0.0.1"));
  }

  private static boolean logHas(String text) {
    try {
      return log().contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void olderVersionsOfTlsAreRefused() throws Exception {
    for (String version : new String[] {"TLSv1.1", "TLSv1"}) {
      assertThat(handshake(version)).as(version).contains("Alert", "protocol version");
    }
    assertThat(handshake("TLSv1.2")).contains("TLSv1.2");
    assertThat(handshake("TLSv1.3")).contains("TLSv1.3");
  }

  /** By openssl: this JVM's own settings refuse them already. */
  private static String handshake(String version) throws Exception {
    Process process =
        new ProcessBuilder(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + service.port(),
                "-" + version.replace("TLSv", "tls").replace('.', '_'),
                "-cipher",
                "ALL:@SECLEVEL=0")
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.replace("alert", "Alert");
  }

  @Test
  void revokedCertificateIsRefusedOnOpenConnectionsAndResumedSessions() throws Exception {
    Issued stolen = site.issue("stolen", "DNS:stolen.nodes.example.org");
    SSLContext resuming = site.client("TLSv1.2", stolen);
    resumes(resuming);
    try (TlsConnection open = connect(stolen)) {
      assertThat(open.get("/v1/snapshot").status()).isEqualTo(200);

      site.revoke(stolen);
      TestAuthority.replace(dir.resolve("clients.crl"), site.list());

      soon("the revocation", () -> isRefused(context(stolen)));
      Reply reply = open.get("/v1/snapshot");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.body()).contains("it is revoked");
    }
    assertThat(isRefused(resuming)).isTrue();
    assertThat(get("/v1/snapshot", site.issue("kept", "DNS:kept.nodes.example.org")).status())
        .isEqualTo(200);
  }

  private static void resumes(SSLContext context) throws IOException {
    byte[] first;
    try (TlsConnection connection = new TlsConnection(context, service.port())) {
      assertThat(connection.get("/v1/snapshot").status()).isEqualTo(200);
      first = connection.session().getId();
    }
    try (TlsConnection connection = new TlsConnection(context, service.port())) {
      assertThat(connection.get("/v1/snapshot").status()).isEqualTo(200);
      assertThat(connection.session().getId()).isEqualTo(first);
    }
  }

  private static SSLContext context(Issued shown) {
    try {
      return site.client("TLS", shown);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A list that is out of date says nothing about the certificates revoked since. */
  @Test
  void expiredListRefusesEveryCertificateAndIsLogged() throws Exception {
    Issued node = site.issue("waiting", "DNS:waiting.nodes.example.org");
    try {
      site.list(Duration.ofSeconds(1));
      TestAuthority.replace(dir.resolve("clients.crl"), site.list());

      soon("the refusal", () -> isRefused(context(node)));
      soon("the log", () -> logHas("no certificate of CN=site is accepted"));
      try (TlsConnection connection = connect()) {
        String token = service.token();
        assertThat(connection.get("/v1/events", "Authorization: Bearer " + token).status())
            .isEqualTo(200);
      }
    } finally {
      site.list(Duration.ofDays(1));
      TestAuthority.replace(dir.resolve("clients.crl"), site.list());
      soon("a valid list", () -> !isRefused(context(node)));
    }
  }

  @Test
  void newServerCertificateIsServedAndABrokenOneIsNot() throws Exception {
    String former = serial();
    Files.writeString(dir.resolve("server.pem"), "no certificate\n");
    soon("the log", () -> logHas("server.pem holds no certificate in PEM"));
    assertThat(serial()).isEqualTo(former);

    Issued next = site.issue("server-next", "IP:127.0.0.1,DNS:localhost");
    TestAuthority.replace(dir.resolve("server.pem"), next.certificate());
    soon("the log", () -> logHas("server.key is not the key of the certificate"));
    assertThat(serial()).isEqualTo(former);

    TestAuthority.replace(dir.resolve("server.key"), next.key());
    soon("the new certificate", () -> !serial().equals(former));
    assertThat(serial()).isEqualTo(next.identity().chain().get(0).getSerialNumber().toString(16));
  }

  private static String serial() {
    try (TlsConnection connection = connect()) {
      return connection.serverSerial();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who has no certificate must not fill the disk. */
  @Test
  void aFloodOfHandshakesIsLoggedWithABound() throws Exception {
    long before = handshakes();
    Instant begin = Instant.now();
    for (int i = 0; i < 300; i++) {
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
        plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        long unused = plain.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // reset by the server
      }
    }
    Thread.sleep(1_100);
    long seconds = Duration.between(begin, Instant.now()).toSeconds() + 1;
    assertThat(handshakes() - before).isLessThanOrEqualTo(200 + seconds);
    assertThat(isRefused(context(other.issue("late", "DNS:late.nodes.example.org")))).isTrue();
    soon("the log", () -> logHas(" further handshakes were refused and not logged"));
  }

  private static long handshakes() throws IOException {
    return log().lines().filter(line -> line.contains("refused (tls)")).count();
  }

  @Test
  void commandsShowACertificate() throws Exception {
    Issued admin = site.issue("zoe3", "email:zoe@example.org");
    Issued open = site.issue("zoe4", "email:zoe@example.org");
    Files.setPosixFilePermissions(open.key(), PosixFilePermissions.fromString("rw-r-----"));

    CommandLine pools = command(admin, "pools");
    assertThat(pools.status()).as(pools.err()).isZero();
    CommandLine readable = command(open, "pools");
    assertThat(readable.status()).as(readable.err()).isEqualTo(78);
    assertThat(readable.err()).contains("zoe4.key has the mode 640");
    CommandLine half =
        CommandLine.at(1, "pools", "--certificate-file", open.certificate().toString());
    assertThat(half.status()).isEqualTo(64);
    CommandLine untrusted =
        CommandLine.run(
            "pools",
            "--url",
            "https://127.0.0.1:" + service.port(),
            "--ca-file",
            other.certificate().toString());
    assertThat(untrusted.status()).isEqualTo(69);
    assertThat(untrusted.err()).contains("no TLS connection", "--ca-file");
  }
}
