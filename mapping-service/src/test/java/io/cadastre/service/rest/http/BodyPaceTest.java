/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pace of bodies, in small. A short limit stands only where the body has to be refused. */
@Tag("slow")
class BodyPaceTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration PERIOD = Duration.ofMillis(300);
  private static final Duration TOTAL = Duration.ofMillis(900);
  private static final BodyPace SHORT_PERIOD = new BodyPace(100, PERIOD, LONG);
  private static final BodyPace SHORT_TOTAL = new BodyPace(100, LONG, TOTAL);
  private static final BodyPace LENIENT = new BodyPace(100, LONG, LONG);

  private final Server server = new Server(0);
  private final AtomicInteger pauseBeforeReading = new AtomicInteger();

  private void start(BodyPace usual) throws Exception {
    BodyLimits limits = new BodyLimits(1, usual, LENIENT);
    limits.setHandler(new Reader());
    server.setHandler(limits);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** Reads the whole body, as a servlet does, and says how long it was. */
  private final class Reader extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Thread.sleep(pauseBeforeReading.get());
      try (InputStream body = Content.Source.asInputStream(request)) {
        byte[] read = body.readAllBytes();
        Content.Sink.write(response, true, "read " + read.length, callback);
      } catch (BodyTooSlow e) {
        Response.writeError(request, response, callback, e.getCode(), e.getReason());
      }
      return true;
    }
  }

  /** Sends {@code pieces} pieces of {@code size} bytes, one every {@code millis}. */
  private String send(String path, int length, int pieces, int size, int millis) throws Exception {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            ((ServerConnector) server.getConnectors()[0]).getLocalPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                  .formatted(path, length)
                  .getBytes(StandardCharsets.ISO_8859_1));
      try {
        for (int i = 0; i < pieces && socket.getInputStream().available() == 0; i++) {
          socket.getOutputStream().write(new byte[size]);
          Thread.sleep(millis);
        }
      } catch (IOException e) {
        // refused meanwhile
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void drippingBodyIsRefusedAfterAPeriod() throws Exception {
    start(SHORT_PERIOD);
    long began = System.nanoTime();

    String answer = send("/", 100_000, 100, 1, 50);

    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("at least 100 have to come");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(PERIOD);
  }

  @Test
  void silentBodyIsRefusedAfterAPeriod() throws Exception {
    start(SHORT_PERIOD);
    assertThat(send("/", 100_000, 0, 0, 0)).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void steadyBodyIsRefusedWhenItTakesTooLongInAll() throws Exception {
    start(SHORT_TOTAL);
    long began = System.nanoTime();

    String answer = send("/", 100_000, 100, 100, 50);

    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("did not end within 900 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(TOTAL);
  }

  @Test
  void batchMayTakeLonger() throws Exception {
    start(SHORT_TOTAL);
    assertThat(send("/v1/owners/batch", 2400, 24, 100, 50)).contains("read 2400");
  }

  /** Two periods and a half, of which one without 100 bytes would end it. */
  @Test
  void bodyOfTheRightPaceIsRead() throws Exception {
    start(new BodyPace(100, Duration.ofSeconds(2), LONG));
    assertThat(send("/", 5000, 50, 100, 100)).contains("read 5000");
  }

  @Test
  void shortBodyMayBeSlowInItsFirstPeriod() throws Exception {
    start(LENIENT);
    assertThat(send("/", 3, 3, 1, 50)).contains("read 3");
  }

  @Test
  void timeInWhichNobodyReadsDoesNotCount() throws Exception {
    start(SHORT_TOTAL);
    pauseBeforeReading.set(2000);

    assertThat(send("/", 1000, 1, 1000, 0)).contains("read 1000");
  }

  @Test
  void placeOfABodyIsFreeAgain() throws Exception {
    start(new BodyPace(100, Duration.ofSeconds(1), LONG));
    for (int i = 0; i < 3; i++) {
      assertThat(send("/", 100_000, 0, 0, 0)).startsWith("HTTP/1.1 408 ");
      assertThat(send("/", 5, 1, 5, 0)).contains("read 5");
    }
  }
}
