/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that each begin a request and then send a byte now and then. One that is closed is
 * opened again, so that there are always as many. Runs in a thread of its own until it is closed.
 */
public final class Drip implements AutoCloseable {
  private static final List<String> BEGINNINGS =
      List.of(
          "PUT /v1/owners/drip HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{",
          "PUT /v1/owners/drip HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n{",
          "POST /v1/owners/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9000000\r\n\r\n{",
          "POST /v1/storage-conf/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{",
          "GET /v1/snapshot HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

  private final InetSocketAddress address;
  private final int count;
  private final long pauseMillis;
  private final List<SocketChannel> open = new ArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "drip");
  private volatile boolean closed;

  /** As many connections, each of which gets a byte every {@code pauseMillis}. */
  public Drip(int port, int count, long pauseMillis) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.count = count;
    this.pauseMillis = pauseMillis;
    thread.start();
  }

  /** The number of connections that were opened, reopened ones included. */
  public int opened() {
    return opened.get();
  }

  private void run() {
    ByteBuffer answer = ByteBuffer.allocate(4096);
    while (!closed) {
      try {
        // All at first; later a few each turn, or it would be a flood of new requests instead.
        int most = opened.get() < count ? count : Math.max(1, count / 20);
        for (int i = 0; i < most && open.size() < count && !closed; i++) {
          open.add(begin(opened.getAndIncrement()));
        }
        Thread.sleep(pauseMillis);
      } catch (IOException e) {
        // the service does not accept now; the next turn tries again
      } catch (InterruptedException e) {
        closed = true;
      }
      open.removeIf(channel -> !drip(channel, answer));
    }
    open.forEach(Drip::close);
  }

  private SocketChannel begin(int number) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    String text = BEGINNINGS.get(number % BEGINNINGS.size());
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    channel.configureBlocking(false);
    return channel;
  }

  /** Whether it is still open. */
  private static boolean drip(SocketChannel channel, ByteBuffer answer) {
    try {
      answer.clear();
      if (channel.read(answer) >= 0) {
        channel.write(ByteBuffer.wrap(new byte[] {'x'}));
        return true;
      }
    } catch (IOException e) {
      // closed by the service
    }
    close(channel);
    return false;
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // closed already
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
