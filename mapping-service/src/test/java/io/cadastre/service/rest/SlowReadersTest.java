/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send requests one after the other, and read the answers late or never. */
class SlowReadersTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final String TOKEN = "Authorization: Bearer " + BOOTSTRAP.text() + "\r\n";
  private static final String ANY_RATE = "{burst: 10000000, perSecond: 1000000}";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 ([0-9]{3}) ");

  @TempDir static Path dir;

  private static Service service;

  @BeforeAll
  static void start() throws IOException {
    Path secret = dir.resolve("bootstrap.token");
    SecretFile.create(secret, BOOTSTRAP::text);
    service =
        Service.limited(
            dir,
            "{bootstrapTokenFile: %s}".formatted(secret),
            "limits: {credential: %s, address: %1$s}\n".formatted(ANY_RATE));
    service.keepUnread(4096);
    for (int i = 0; i < 200; i++) {
      String identity = Service.identity(1000 + i, "id-" + i);
      assertThat(send("PUT", "/v1/owners/u" + i, identity).status()).isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/owners/u1",
        "/v1/owners/nobody",
        "/v1/ids/subuid/1",
        "/v1/owners/u1 without a token",
        "/v1/snapshot",
        "/v1/subuid",
        "/v1/pools"
      })
  void nobodyWaitsForAClientThatDoesNotRead(String request) throws IOException {
    boolean known = !request.endsWith(" without a token");
    byte[] bytes = request(request.replace(" without a token", ""), known ? TOKEN : "");
    List<SocketChannel> clients = new ArrayList<>();
    try {
      // More than Jetty has selectors.
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        clients.add(clientThatDoesNotRead(bytes));
      }
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            for (int i = 0; i < 50; i++) {
              assertThat(send("GET", "/v1/owners/u" + i, "").status()).isEqualTo(200);
              assertThat(send("GET", "/v1/owners/nobody", "").status()).isEqualTo(404);
            }
          });
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void nobodyWaitsForALookUpThatWaitsForTheDatabase() throws Exception {
    String url = "jdbc:h2:file:%s/ledger".formatted(dir);
    List<SocketChannel> clients = new ArrayList<>();
    try (Connection database = DriverManager.getConnection(url, "sa", "");
        Statement statement = database.createStatement()) {
      statement.execute("SET EXCLUSIVE 1");
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        SocketChannel client = SocketChannel.open(address());
        clients.add(client);
        client.write(ByteBuffer.wrap(request("/v1/owners/nobody", TOKEN)));
      }
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            for (int i = 0; i < 50; i++) {
              assertThat(send("GET", "/v1/owners/u" + i, "").status()).isEqualTo(200);
            }
          });
      statement.execute("SET EXCLUSIVE FALSE");
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
  }

  @Test
  void answersComeInTheOrderOfTheRequests() {
    StringBuilder requests = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      requests
          .append(new String(request("/v1/owners/u" + i, TOKEN), StandardCharsets.US_ASCII))
          .append(new String(request("/v1/owners/nobody", TOKEN), StandardCharsets.US_ASCII))
          .append(new String(request("/v1/ids/subuid/1", ""), StandardCharsets.US_ASCII))
          .append(new String(request("/v1/pools", TOKEN), StandardCharsets.US_ASCII));
      expected.addAll(List.of("200", "404", "401", "200"));
    }
    requests.append(
        new String(
            request("/v1/subgid", TOKEN + "Connection: close\r\n"), StandardCharsets.US_ASCII));
    expected.add("200");

    String answers = service.raw(requests.toString());

    assertThat(STATUS.matcher(answers).results().map((MatchResult found) -> found.group(1)))
        .containsExactlyElementsOf(expected);
    for (int i = 0; i < 100; i++) {
      assertThat(answers).containsOnlyOnce("\"name\":\"u" + i + "\"");
    }
  }

  private static Answer send(String method, String path, String body) {
    return service.send(method, path, body, "Authorization", "Bearer " + BOOTSTRAP.text());
  }

  private static byte[] request(String path, String fields) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
        .formatted(path, fields)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends more requests than the kernel keeps answers. A selector's thread has to see them one at a
   * time: what comes after many others at once is for the pool.
   */
  private static SocketChannel clientThatDoesNotRead(byte[] request) throws IOException {
    SocketChannel client = SocketChannel.open();
    client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    client.connect(address());
    for (int i = 0; i < 200; i++) {
      client.write(ByteBuffer.wrap(request));
      LockSupport.parkNanos(2_000_000);
    }
    return client;
  }
}
