/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A malformed or slow body costs one line of the log and delays no other request. */
class BodiesTest {
  private static final String PUT =
      """
      PUT /v1/owners/slow HTTP/1.1
      Host: localhost
      Content-Type: application/json
      """
          .replace("\n", "\r\n");

  /** With a pause of 50 ms between two: a minute. */
  private static final int TRIES = 1200;

  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\n\n",
        "Content-Length: 100\n\n{",
        "Transfer-Encoding: chunked\n\n",
        "Transfer-Encoding: chunked\n\n5\n{\"uid",
        "Transfer-Encoding: chunked\n\nzz\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\n-1\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\n2\n{}garbage\n0\n\n",
        "Transfer-Encoding: chunked\n\nffffffffffffffffff\n{}\n0\n\n",
        "Content-Encoding: gzip\nContent-Length: 100\n\n",
        "Content-Encoding: gzip\nTransfer-Encoding: chunked\n\nzz\n",
        "Content-Encoding: gzip\nContent-Length: 14\n\nnot gzip bytes",
      })
  void brokenBodiesAreOneLineAndNoFault(String rest) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level usual = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.setLevel(Level.INFO);
    root.addAppender(log);
    try {
      String answer = service.raw(PUT + "X-Request-Id: broken\r\n" + rest.replace("\n", "\r\n"));

      assertThat(answer).startsWith("HTTP/1.1 400 ");
      assertThat(answer).contains("\"type\":\"urn:cadastre:problem:bad-request\"");
    } finally {
      root.detachAppender(log);
      root.setLevel(usual);
    }
    List<ILoggingEvent> ofThis = log.list.stream().filter(BodiesTest::isOfThisRequest).toList();
    assertThat(ofThis).hasSizeLessThanOrEqualTo(1);
    assertThat(ofThis).allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
  }

  private static boolean isOfThisRequest(ILoggingEvent line) {
    return line.getMDCPropertyMap().getOrDefault("requestId", "").equals("broken");
  }

  @Test
  void largeImportsAreRefusedHoweverTheyCome() throws IOException {
    byte[] large = new byte[33 << 20];
    Arrays.fill(large, (byte) ' ');
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(large);
    }

    assertThat(imported(large).problem()).isEqualTo("too-large");
    assertThat(imported(zipped.toByteArray(), "Content-Encoding", "gzip").problem())
        .isEqualTo("too-large");
  }

  @Test
  void importsMayBeLargerThanOtherBodies() {
    byte[] body = new byte[1 << 20];
    Arrays.fill(body, (byte) ' ');
    body[0] = '{';
    body[body.length - 1] = '}';

    assertThat(imported(body).json().path("detail").asText()).contains("\"files\"");
  }

  private static Service.Answer imported(byte[] body, String... headers) {
    return service.request(
        "/v1/admin/import",
        request -> {
          request.POST(BodyPublishers.ofByteArray(body)).header("Content-Type", "application/json");
          if (headers.length > 0) {
            request.headers(headers);
          }
        });
  }

  @Test
  void adminConnectorRunsNoTask() {
    assertThat(service.admin("POST", "/tasks/gc", "").status()).isEqualTo(404);
    assertThat(service.admin("POST", "/tasks/log-level", "").status()).isEqualTo(404);
    assertThat(service.admin("GET", "/metrics", "").status()).isEqualTo(200);
  }

  @Test
  void slowImportsLeaveThreadsToHealth() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 80; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        slow.add(socket);
        String head =
            "POST /v1/admin/import HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      }
      long began = System.nanoTime();

      assertThat(service.admin("GET", "/healthcheck", "").status()).isEqualTo(200);
      assertThat(service.get("/v1/snapshot").status()).isEqualTo(200);
      // The service waits 30 s for those bodies: without a free thread, health would take as long.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void slowBodiesHoldNobodyUp() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        slow.add(socket);
        socket
            .getOutputStream()
            .write((PUT + "Content-Length: 50\r\n\r\n{").getBytes(StandardCharsets.ISO_8859_1));
      }
      Service.Answer refused = awaitRefusal();

      assertThat(refused.problem()).isEqualTo("unavailable");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(refused.json().path("detail").asText()).contains("64");
      assertThat(service.get("/v1/snapshot").status()).isEqualTo(200);
      assertThat(service.get("/v1/owners/nobody").problem()).isEqualTo("unknown-owner");
      assertThat(service.delete("/v1/owners/nobody").problem()).isEqualTo("unknown-owner");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    for (int i = 0; service.put("/v1/owners/after", "{").status() == 503 && i < TRIES; i++) {
      sleep();
    }
    assertThat(service.put("/v1/owners/after", "{").problem()).isEqualTo("bad-request");
  }

  private static Service.Answer awaitRefusal() {
    Service.Answer answer = service.put("/v1/owners/x", "{");
    for (int i = 0; answer.status() != 503 && i < TRIES; i++) {
      sleep();
      answer = service.put("/v1/owners/x", "{");
    }
    return answer;
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
