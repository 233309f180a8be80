/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of one kind that wait for their turn take no turn of another kind. */
class WorkLimitsTest {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger maps = new AtomicInteger();
  private final List<Socket> asked = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server.addConnector(connector);
    server.setHandler(new Work());
    server.addEventListener(WorkLimits.of(512));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    goOn.countDown();
    for (Socket socket : asked) {
      socket.close();
    }
    server.stop();
  }

  private final class Work extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      boolean isMap = request.getHttpURI().getPath().endsWith("/map");
      if (isMap) {
        maps.incrementAndGet();
      }
      if (isMap || request.getMethod().equals("POST")) {
        goOn.await();
      }
      Content.Sink.write(response, true, "done", callback);
      return true;
    }
  }

  private Socket ask(String what) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    asked.add(socket);
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            "%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(what)
                .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/owners/batch", "/v1/storage-conf/validate"})
  void manyThatWaitForTheirTurnKeepNoSingleChangeOut(String path) throws Exception {
    for (int i = 0; i < 150; i++) {
      ask("POST " + path);
    }

    String answer =
        new String(
            ask("PUT /v1/owners/zoe").getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  /** A map reads all of a pool: many of them keep no one from an owner. */
  @Test
  void manyMapsKeepNoLookUpOut() throws Exception {
    for (int i = 0; i < 150; i++) {
      ask("GET /ui/map");
    }

    String answer =
        new String(
            ask("GET /v1/owners/zoe").getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    await().during(Duration.ofMillis(500)).until(() -> maps.get() <= 8);
    assertThat(maps).hasValue(8);
  }
}
