/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.pem.PemCertificates;
import io.cadastre.service.TestAuthority.Issued;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node, the hook and the commands with a service that takes no connection without a
 * certificate, and whose files are Java key stores. Twelve seconds.
 */
@Tag("slow")
class ClientsOverTlsTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root", ".."));

  @TempDir static Path dir;
  private static TestAuthority site;
  private static CallerService service;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    site = new TestAuthority(dir.resolve("site"));
    Issued server = site.issue("server", "IP:127.0.0.1,DNS:localhost");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "server",
        server.identity().key(),
        "changeit".toCharArray(),
        server.identity().chain().toArray(new X509Certificate[0]));
    store(keys, "server.p12");
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry(
        "site", PemCertificates.parse(Files.readAllBytes(site.certificate())).get(0));
    store(clients, "clients.p12");
    Files.copy(site.list(), dir.resolve("clients.crl"));
    service =
        CallerService.start(
            dir,
            """
            server:
              applicationConnectors:
                - type: https
                  port: 0
                  bindHost: 0.0.0.0
                  keyStorePath: %1$s/server.p12
                  keyStorePassword: changeit
                  trustStorePath: %1$s/clients.p12
                  trustStorePassword: changeit
                  crlPath: %1$s/clients.crl
                  needClientAuth: true
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            """,
            "logging: {level: WARN}\n",
            """
            access:
              bootstrapTokenFile: %1$s/bootstrap.token
              certificates:
                - {dns: "*.nodes.example.org", role: node}
                - {uri: "spiffe://example.org/hook", name: hook, role: provisioner, uids: 1000-65000}
                - {dns: "proxy.example.org", role: node, nodes: none}
            """);
    url = "https://127.0.0.1:" + service.port();
  }

  private static void store(KeyStore keys, String name) throws Exception {
    try (OutputStream out = Files.newOutputStream(dir.resolve(name))) {
      keys.store(out, "changeit".toCharArray());
    }
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static CommandLine hook(Map<String, String> settings, String... arguments)
      throws Exception {
    List<String> words =
        new ArrayList<>(List.of(ROOT.resolve("config/hooks/curl/cadastre-provision").toString()));
    words.addAll(List.of("--attempts", "1"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(settings);
    builder.environment().put("CADASTRE_URL", url);
    builder.environment().put("CADASTRE_CA_FILE", site.certificate().toString());
    Path err = dir.resolve("hook.err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandLine(process.waitFor(), out, Files.readString(err));
  }

  private static Map<String, String> showing(Issued issued) {
    return Map.of(
        "CADASTRE_CERTIFICATE_FILE",
        issued.certificate().toString(),
        "CADASTRE_KEY_FILE",
        issued.key().toString());
  }

  @Test
  void hookShowsItsCertificateOrATokenBesideIt() throws Exception {
    Issued hook = site.issue("hook", "URI:spiffe://example.org/hook");
    Issued proxy = site.issue("proxy", "DNS:proxy.example.org");
    String[] amy = {"--uid", "20001", "--gid", "20001", "--stable-id", "amy-1", "amy"};

    CommandLine without = hook(Map.of("CADASTRE_TOKEN_FILE", service.bootstrap().toString()), amy);
    assertThat(without.status()).as(without.err()).isEqualTo(75);
    CommandLine asNode = hook(showing(proxy), amy);
    assertThat(asNode.status()).as(asNode.err()).isEqualTo(75);
    assertThat(asNode.err()).contains("has the role node");

    CommandLine done = hook(showing(hook), amy);
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out()).contains("\"amy\"");
    CommandLine byToken =
        hook(
            Map.of(
                "CADASTRE_TOKEN_FILE", service.bootstrap().toString(),
                "CADASTRE_CERTIFICATE_FILE", proxy.certificate().toString(),
                "CADASTRE_KEY_FILE", proxy.key().toString()),
            "--retire",
            "amy");
    assertThat(byToken.status()).as(byToken.err()).isZero();
  }

  @Test
  void nodeShowsItsCertificateAndTakesANewOneAtTheNextSync() throws Exception {
    Issued first = site.issue("n1", "DNS:n1.nodes.example.org");
    CommandLine zoe =
        hook(
            showing(site.issue("hook2", "URI:spiffe://example.org/hook")),
            "--uid",
            "20002",
            "--gid",
            "20002",
            "--stable-id",
            "zoe-1",
            "zoe");
    assertThat(zoe.status()).as(zoe.err()).isZero();
    Path node = Files.createDirectories(dir.resolve("node/etc/cadastre")).getParent().getParent();
    write(
        node,
        "node.conf",
        """
        url = %s
        ca-file = /etc/cadastre/ca.pem
        certificate-file = /etc/cadastre/node.pem
        key-file = /etc/cadastre/node.key
        """
            .formatted(url));
    copy(site.certificate(), node, "ca.pem");
    install(first, node);

    assertThat(sync(node)).isEqualTo("0 ");

    site.revoke(first);
    Files.copy(site.list(), dir.resolve("clients.crl"), StandardCopyOption.REPLACE_EXISTING);
    Instant end = Instant.now().plus(Duration.ofSeconds(15));
    while (sync(node).equals("0 ")) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(200);
    }
    // what it has is served on
    assertThat(sync(node)).contains("/v1/snapshot cannot be fetched");

    install(site.issue("n1-next", "DNS:n1.nodes.example.org"), node);
    assertThat(sync(node)).isEqualTo("0 ");

    Files.setPosixFilePermissions(
        node.resolve("etc/cadastre/node.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(sync(node)).startsWith("78 ").contains("node.key may be read by other users");
    copy(first.key(), node, "node.key");
    assertThat(sync(node)).startsWith("78 ").contains("node.key is not the key");
    Files.delete(node.resolve("etc/cadastre/node.key"));
    assertThat(sync(node)).startsWith("78 ").contains("node.key is missing");
    write(node, "node.conf", "url = %s\nkey-file = /etc/cadastre/node.key\n".formatted(url));
    assertThat(sync(node)).startsWith("78 ").contains("certificate-file and key-file");
  }

  private static void install(Issued issued, Path node) throws Exception {
    copy(issued.certificate(), node, "node.pem");
    copy(issued.key(), node, "node.key");
  }

  private static void copy(Path from, Path node, String name) throws Exception {
    Path to = node.resolve("etc/cadastre").resolve(name);
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
  }

  private static void write(Path node, String name, String text) throws Exception {
    Files.writeString(node.resolve("etc/cadastre").resolve(name), text);
  }

  /** The exit status, and what was said on standard error. */
  private static String sync(Path node) {
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new String[] {"sync", "--root", node.toString()},
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));
    return status + " " + err;
  }

  @Test
  void commandsTakeTheirFilesFromTheEnvironment() throws Exception {
    Issued proxy = site.issue("proxy2", "DNS:proxy.example.org");
    CommandLine pools =
        CommandLine.inAProcess(
            new String[] {
              "env",
              "CADASTRE_CA_FILE=" + site.certificate(),
              "CADASTRE_CERTIFICATE_FILE=" + proxy.certificate(),
              "CADASTRE_KEY_FILE=" + proxy.key(),
              "CADASTRE_TOKEN_FILE=" + service.bootstrap(),
              "CADASTRE_URL=" + url
            },
            "pools");

    assertThat(pools.status()).as(pools.err()).isZero();
    assertThat(pools.out()).contains("default");
  }
}
