/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command waits as long as a service with too many requests asks. Two seconds. */
class TooManyRequestsTest {
  private static final String PROBLEM =
      "{\"type\":\"urn:cadastre:problem:too-many-requests\",\"title\":\"Too many"
          + " requests\",\"status\":429,\"detail\":\"too many requests come from x\"}";

  private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile int refused;
  private volatile String retryAfter = "1";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(System.nanoTime());
    boolean refuse = asked.size() <= refused;
    if (refuse) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    byte[] bytes = (refuse ? PROBLEM : "{\"pools\":[]}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refuse ? 429 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private CommandLine pools() {
    return CommandLine.run("pools", "--url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void aCommandWaitsAsLongAsTheServiceAsks() {
    refused = 1;
    assertThat(pools().status()).isZero();
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1) - asked.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(950));
  }

  @Test
  void andEndsAfterFiveTries() {
    refused = 100;
    retryAfter = "0";
    CommandLine ran = pools();
    assertThat(ran.status()).isEqualTo(75);
    assertThat(ran.err()).contains("too many requests come from x");
    assertThat(asked).hasSize(5);
  }
}
