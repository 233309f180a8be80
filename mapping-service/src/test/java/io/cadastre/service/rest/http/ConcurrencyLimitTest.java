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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that waits for its turn takes no thread; one behind too many is refused at once. */
class ConcurrencyLimitTest {
  private final QueuedThreadPool threads = new QueuedThreadPool(12);
  private final Server server = new Server(threads);
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final ConcurrencyLimit limit =
      new ConcurrencyLimit(
          "works", 1, request -> !Request.getPathInContext(request).equals("/free"));
  private final CountDownLatch working = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    limit.setHandler(new Work());
    server.addConnector(connector);
    server.setHandler(limit);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    goOn.countDown();
    server.stop();
  }

  private final class Work extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (!Request.getPathInContext(request).equals("/free")) {
        working.countDown();
        goOn.await();
      }
      Content.Sink.write(response, true, "done", callback);
      return true;
    }
  }

  private Socket ask(String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    try (socket) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void oneWorksTheNextOnesWaitAndTheRestIsToldToComeLater() throws Exception {
    List<Socket> asked = new ArrayList<>();
    asked.add(ask("/work"));
    working.await();
    for (int i = 0; i < ConcurrencyLimit.WAITING; i++) {
      asked.add(ask("/work"));
    }
    await().until(() -> limit.getSuspendedRequestCount() == ConcurrencyLimit.WAITING);
    assertThat(answer(ask("/free"))).startsWith("HTTP/1.1 200 ");
    String refused = answer(ask("/work"));
    assertThat(refused)
        .startsWith("HTTP/1.1 503 ")
        .contains("the limit of 1 works at the same time is reached");
    assertThat(answer(ask("/free"))).startsWith("HTTP/1.1 200 ");

    goOn.countDown();

    for (Socket socket : asked) {
      assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
    }
  }
}
