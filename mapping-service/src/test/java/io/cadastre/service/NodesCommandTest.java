/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes with a host name of their own report to a service, and {@code cadastre nodes} lists them.
 * Fifteen seconds.
 */
@Tag("slow")
class NodesCommandTest {
  @TempDir static Path dir;
  private static CallerService service;

  @BeforeAll
  static void start() throws Exception {
    service = CallerService.start(dir);
    HttpRequest zoe =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/v1/owners/zoe".formatted(service.port())))
            .header("Authorization", "Bearer " + service.token())
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"uidNumber\":20001,\"gidNumber\":20001,\"stableId\":\"zoe-1\"}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(zoe, BodyHandlers.discarding()).statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Runs a sync of a running system with this host name, and the token of these nodes. */
  private static CommandLine sync(String host, String pattern, String more) throws Exception {
    Path etc = Files.createDirectories(dir.resolve(host + "/etc/cadastre"));
    Path token = etc.resolve("token");
    if (!Files.exists(token)) {
      CommandLine made =
          service.admin(
              "token make",
              "for-" + host,
              "--role",
              "node",
              "--nodes",
              pattern,
              "--output",
              token.toString());
      assertThat(made.status()).as(made.err()).isZero();
    }
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        etc.resolve("node.conf"),
        "url = http://127.0.0.1:%d\ntoken-file = /etc/cadastre/token\n%s"
            .formatted(service.port(), more));
    List<String> words =
        new ArrayList<>(
            List.of(
                "unshare",
                "-m",
                "-u",
                "sh",
                "-ec",
                """
                cd "$0"
                test -d lib || {
                  mkdir lib
                  cp -a /etc/passwd /etc/group /etc/nsswitch.conf /etc/hosts /etc/ld.so.* etc
                  cp -a /etc/java* etc || true
                }
                echo "$1" > /proc/sys/kernel/hostname
                shift
                mount --make-rprivate /
                mount -t tmpfs tmpfs /var/lib
                mkdir /var/lib/cadastre
                mount --bind lib /var/lib/cadastre
                mount --bind etc /etc
                exec "$@"
                """,
                dir.resolve(host).toString(),
                host));
    words.addAll(ServiceProcess.java("io.cadastre.node.Main", ServiceProcess.SHORT_LIVED));
    words.add("sync");
    Path err = dir.resolve("node.err");
    Process process = new ProcessBuilder(words).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    CommandLine ran = new CommandLine(process.waitFor(), out, Files.readString(err));
    assumeTrue(!ran.err().contains("unshare:"), "only root can mount: " + ran.err());
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void aNodeIsListedAsItsCredentialPermits() throws Exception {
    assertThat(service.admin("nodes").err()).contains("0 nodes; 0 are not at serial");

    assertThat(sync("n1.example.org", "n1.example.org", "").err()).isEmpty();
    assertThat(service.admin("nodes").out()).isEmpty();
    assertThat(sync("n1.example.org", "n1.example.org", "report = yes\n").err()).isEmpty();
    assertThat(sync("n2.example.org", "n*.example.org", "report = yes\n").err()).isEmpty();
    String forged = "report = yes\nnode-name = n1.example.org\n";
    assertThat(sync("n3.example.org", "n3.example.org", forged).err())
        .contains("warning: the service was not told", "status 403");

    CommandLine nodes = service.admin("nodes");
    assertThat(nodes.status()).as(nodes.err()).isZero();
    assertThat(nodes.out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains(": serial 1, current, 0 min ago, files"))
        .anyMatch(line -> line.startsWith("n1.example.org: ") && line.endsWith("files"))
        .anyMatch(line -> line.startsWith("n2.example.org: ") && line.endsWith("; unverified"));
    assertThat(nodes.err()).contains("2 nodes; 0 are not at serial 1, 1 are unverified");
    assertThat(service.admin("nodes", "--json").out())
        .contains("\"node\" : \"n1.example.org\"", "\"credential\" : \"for-n1.example.org\"");

    assertThat(service.admin("nodes", "--stale", "1m").status()).isZero();
    assertThat(service.admin("nodes", "--stale", "soon").status()).isEqualTo(64);
  }

  @Test
  void aStaleNodeIsAStatusForCron() throws Exception {
    assertThat(sync("s1.example.org", "s1.example.org", "report = yes\n").err()).isEmpty();
    edit(
        "UPDATE node_report SET serial = 7, received_at = received_at - INTERVAL '3' HOUR"
            + " WHERE node = 's1.example.org'");

    CommandLine stale = service.admin("nodes", "--stale", "2h");

    assertThat(stale.status()).isEqualTo(65);
    assertThat(stale.out().lines())
        .containsExactly("s1.example.org: serial 7, not current, 3 h ago, files");
    assertThat(service.admin("nodes", "--stale", "4h").status()).isZero();
    edit("DELETE FROM node_report");
  }

  /** H2 lets this process have a second connection to the file. */
  private static void edit(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:%s/ledger".formatted(dir), "sa", "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
