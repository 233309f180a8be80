/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.CadastreApplication;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The logs of the running service hold texts of others in printable form. */
class PrintableLogsTest {
  private static final String HOSTILE = "a\u001b]0;x\u0007\u009b2J\u202e\u2066\u00ad\nforged";
  private static final String ESCAPED =
      "a\\u001b]0;x\\u0007\\u009b2J\\u202e\\u2066\\u00ad\\nforged";
  private static final Pattern ACTS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]");

  @TempDir Path dir;

  @Test
  void messagesFailuresAndRequestsAreEscaped() throws Exception {
    Path file = dir.resolve("cadastre.yml");
    Files.writeString(
        file,
        """
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: [{type: file, currentLogFilename: %1$s/requests, archive: false}]}
        logging:
          level: WARN
          appenders: [{type: file, currentLogFilename: %1$s/log, archive: false}]
          loggers:
            apart:
              level: WARN
              additive: false
              appenders:
                - {type: file, currentLogFilename: %1$s/apart, archive: false, logFormat: "M %%m%%n"}
        access: open
        ledger: {url: "jdbc:h2:file:%1$s/ledger", user: sa, create: ifMissing}
        identity: {source: caller}
        pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
        """
            .formatted(dir));
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
    try {
      Exception cause = new IllegalStateException(HOSTILE + "2");
      cause.addSuppressed(new IllegalStateException(HOSTILE + "3"));
      LoggerFactory.getLogger("x")
          .error("said: {}", HOSTILE, new IOException(HOSTILE + "1", cause));
      LoggerFactory.getLogger("apart").warn(HOSTILE);
      request(service.getLocalPort());

      assertWritten("log", "said: " + ESCAPED, ESCAPED + "1", ESCAPED + "2", ESCAPED + "3");
      assertThat(read("log").lines().filter(line -> line.startsWith("! \tat "))).isNotEmpty();
      assertWritten("apart", "M " + ESCAPED);
      assertThat(read("apart")).isEqualTo("M " + ESCAPED + "\n");
      assertWritten("requests", "agent\\u009b2J");
    } finally {
      service.after();
    }
  }

  @Test
  void everyChangeIsALineOfTextAndAnObjectOfJson() throws Exception {
    Path file = dir.resolve("cadastre.yml");
    Files.writeString(
        file,
        """
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: []}
        logging:
          level: INFO
          appenders:
            - {type: file, currentLogFilename: %1$s/log, archive: false}
            - {type: file, currentLogFilename: %1$s/json, archive: false, layout: {type: json}}
        access: open
        ledger: {url: "jdbc:h2:file:%1$s/ledger", user: sa, create: ifMissing}
        identity: {source: caller}
        pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
        """
            .formatted(dir));
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
    try {
      put(service.getLocalPort(), "/v1/owners/zoe");
      put(service.getLocalPort(), "/v1/owners/yan?dryRun=true");
      LoggerFactory.getLogger("x").warn("down");
      LoggerFactory.getLogger("x").warn("down");
      LoggerFactory.getLogger("x").warn("up");
    } finally {
      service.after();
    }

    assertThat(read("log").lines().filter(line -> line.contains("allocate")))
        .singleElement()
        .asString()
        .contains(
            "allocate zoe (uid 4242), subuid 1001062400:65536, subgid 1001062400:65536, by"
                + " rest@127.0.0.1, request from-the-test");
    assertThat(read("log").lines().filter(line -> line.endsWith(" x: down"))).hasSize(1);
    List<String> objects = read("json").lines().filter(line -> line.contains("allocate")).toList();
    assertThat(objects).hasSize(1);
    JsonNode fields = new ObjectMapper().readTree(objects.get(0)).path("mdc");
    assertThat(fields.path("kind").asText()).isEqualTo("allocate");
    assertThat(fields.path("owner").asText()).isEqualTo("zoe");
    assertThat(fields.path("subuid").asText()).isEqualTo("1001062400:65536");
    assertThat(fields.path("request").asText()).isEqualTo("from-the-test");
  }

  private static void put(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .header("X-Request-Id", "from-the-test")
            .PUT(BodyPublishers.ofString("{\"uidNumber\": 4242, \"gidNumber\": 4242}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isIn(201, 400);
  }

  private static void request(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head =
          "GET /v1/pools HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: agent";
      socket
          .getOutputStream()
          .write((head + "\u009b2J\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  private void assertWritten(String name, String... texts) throws IOException {
    for (String text : texts) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(read(name)).contains(text));
    }
    assertThat(ACTS.matcher(read(name)).find()).as(read(name)).isFalse();
    assertThat(List.of(read(name).split("\n"))).noneMatch(line -> line.startsWith("forged"));
  }

  private String read(String name) throws IOException {
    return Files.readString(dir.resolve(name));
  }
}
