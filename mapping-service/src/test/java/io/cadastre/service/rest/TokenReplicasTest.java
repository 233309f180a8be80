/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of two services that share a database, H2 as a server. Fifteen seconds. */
@Tag("slow")
class TokenReplicasTest {
  private static final String TOKENS = "/v1/admin/tokens";
  private static final Duration IN_TIME = Duration.ofSeconds(5);
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());

  @TempDir static Path dir;
  private static Server database;
  private static Service one;
  private static Service two;

  @BeforeAll
  static void start() throws Exception {
    database = database("0");
    SecretFile.create(dir.resolve("bootstrap.token"), BOOTSTRAP::text);
    one = replica("one", "credential");
    two = replica("two", "everyone");
  }

  private static Server database(String port) throws Exception {
    return Server.createTcpServer("-tcpPort", port, "-ifNotExists", "-baseDir", dir.toString())
        .start();
  }

  private static Service replica(String name, String snapshot) throws Exception {
    return Service.closed(
        Files.createDirectories(dir.resolve(name)),
        "{bootstrapTokenFile: %s, snapshot: %s}"
            .formatted(dir.resolve("bootstrap.token"), snapshot),
        "jdbc:h2:tcp://127.0.0.1:%d/./ledger".formatted(database.getPort()));
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    database.stop();
  }

  private static String make(Service service, String name, String role) {
    Answer made =
        service.as(
            BOOTSTRAP.text(),
            "POST",
            TOKENS,
            "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    return made.json().path("secret").asText();
  }

  private static Duration until(Service service, String token, int status) throws Exception {
    long start = System.nanoTime();
    while (service.as(token, "GET", "/v1/snapshot", "").status() != status) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME.multipliedBy(2));
      Thread.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void aRevocationCountsOnEveryReplicaInTimeAndAfterARestart() throws Exception {
    String token = make(one, "shared", "auditor");
    String kept = make(one, "kept", "auditor");
    assertThat(one.as(token, "GET", "/v1/pools", "").status()).isEqualTo(200);
    long start = System.nanoTime();
    while (two.as(token, "GET", "/v1/pools", "").status() != 200) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
      Thread.sleep(50);
    }

    one.as(BOOTSTRAP.text(), "POST", TOKENS + "/shared/revoke", "{\"reason\":\"stolen\"}");

    assertThat(one.as(token, "GET", "/v1/pools", "").status()).isEqualTo(401);
    start = System.nanoTime();
    while (two.as(token, "GET", "/v1/pools", "").status() != 401) {
      Thread.sleep(50);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    }
    two.close();
    two = replica("two", "everyone");
    assertThat(two.as(token, "GET", "/v1/pools", "").status()).isEqualTo(401);
    assertThat(two.as(kept, "GET", "/v1/pools", "").status()).isEqualTo(200);
    assertThat(two.get("/v1/snapshot").status()).as("open to everyone").isEqualTo(200);
    assertThat(two.get("/v1/pools").status()).isEqualTo(401);
  }

  /** The tokens are in memory: a node is known although the database is away. */
  @Test
  void aTokenIsKnownWhileTheDatabaseIsAway() throws Exception {
    String token = make(one, "steady", "node");
    assertThat(until(one, token, 200)).isLessThan(IN_TIME);
    int port = database.getPort();
    database.stop();
    try {
      Thread.sleep(3000); // a read of the tokens fails meanwhile
      assertThat(one.as(token, "GET", "/v1/snapshot", "").status()).isIn(200, 503);
      assertThat(one.as(token, "PUT", "/v1/owners/zoe", "{}").status()).isEqualTo(403);
      assertThat(one.as(token + "x", "GET", "/v1/snapshot", "").status()).isEqualTo(401);
    } finally {
      database = database(Integer.toString(port));
    }
    assertThat(until(one, token, 200)).isLessThan(IN_TIME.multipliedBy(2));
  }
}
