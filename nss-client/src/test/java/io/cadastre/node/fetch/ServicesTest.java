/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a node waits for its services. */
final class ServicesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final List<Socket> open = new ArrayList<>();
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ServerSocket hanging;
  private ServerSocket dripping;

  @BeforeEach
  void listen() throws IOException {
    hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    dripping = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::drip, "drip");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    hanging.close();
    dripping.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Sends a byte of the answer every 50 ms. */
  private void drip() {
    byte[] head =
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n# ".getBytes(StandardCharsets.UTF_8);
    try (Socket socket = dripping.accept()) {
      open.add(socket);
      OutputStream out = socket.getOutputStream();
      out.write(head);
      while (true) {
        Thread.sleep(50);
        out.write('c');
      }
    } catch (IOException | InterruptedException e) {
      // the client has closed, or the test has ended
    }
  }

  private static Services at(String... urls) {
    return new Services(List.of(urls), Optional.empty(), Optional.empty());
  }

  private static String url(ServerSocket socket) {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private static Duration timed(ThrowingCallable call) {
    long start = System.nanoTime();
    assertThatThrownBy(call).isInstanceOf(ServiceUnavailable.class);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void anAttemptEndsInTimeEvenIfTheServiceDrips() {
    Services drips = at(url(dripping));
    assertThat(timed(() -> drips.fetch(Optional.empty(), SECOND)))
        .isBetween(SECOND, Duration.ofMinutes(1));
  }

  /** The JDK handles each "100 Continue" by a recursive call. */
  @Test
  void anEndlessInterimAnswerLeavesTimeForTheNextService() throws Exception {
    Thread thread = new Thread(this::continueForEver, "continue");
    thread.setDaemon(true);
    thread.start();
    Services continues = at(url(hanging));
    assertThatThrownBy(() -> continues.fetch(Optional.empty(), SECOND.multipliedBy(5)))
        .isInstanceOf(ServiceUnavailable.class);
  }

  private void continueForEver() {
    byte[] line = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = hanging.accept()) {
      while (true) {
        socket.getOutputStream().write(line);
      }
    } catch (IOException e) {
      // the client has closed
    }
  }

  /** With a second for each of them it would be 120 s. */
  @Test
  void patienceIsForAllServicesTogether() {
    List<String> urls = new ArrayList<>(Collections.nCopies(120, url(hanging)));
    urls.set(0, url(dripping));
    Services all = at(urls.toArray(String[]::new));
    assertThat(timed(() -> all.fetchPatiently(SECOND, notice -> {})))
        .isBetween(Duration.ofMillis(900), Duration.ofMinutes(1));
  }

  /** Each of the 60 has its share of a minute: a second for the one that hangs. */
  @Test
  void aServiceThatHangsLeavesTimeForTheNext() throws Exception {
    List<String> urls = new ArrayList<>(Collections.nCopies(60, registry.url()));
    urls.set(0, url(hanging));
    Services.Fetched fetched =
        at(urls.toArray(String[]::new)).fetchPatiently(Duration.ofMinutes(1), notice -> {});
    assertThat(fetched.snapshot().serial()).isEqualTo(42);
  }

  @Test
  void asksAgainIfOneServiceMayAnswerLater() throws Exception {
    try (TestRegistry notOurs = TestRegistry.serving(Snapshots.three(42))) {
      notOurs.answerWith(404);
      registry.answerWith(503);
      Services.Fetched fetched =
          at(notOurs.url(), registry.url())
              .fetchPatiently(Duration.ofMinutes(1), notice -> registry.answerWith(200));
      assertThat(fetched.snapshot().serial()).isEqualTo(42);
    }
  }
}
