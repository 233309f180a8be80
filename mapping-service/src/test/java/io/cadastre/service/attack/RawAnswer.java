/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What came back for bytes that were sent.
 *
 * @param text all of it, until the service closed the connection
 * @param took until then
 */
public record RawAnswer(String text, Duration took) {
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3}) ");
  private static final int MILLIS = 300_000;

  /** Sends these bytes, ends the sending side, and reads to the end. */
  public static RawAnswer to(int port, byte[] request) throws IOException {
    long began = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(MILLIS);
      String text;
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
      } catch (IOException e) {
        // refused before all of it was sent; the answer is there
      }
      text = read(socket);
      return new RawAnswer(text, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private static String read(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (java.net.SocketException e) {
      // closed while we still sent
    }
    return text.toString();
  }

  /** The status codes; none if the connection was closed without an answer. */
  public List<Integer> statuses() {
    return STATUS
        .matcher(text)
        .results()
        .map((MatchResult match) -> Integer.valueOf(match.group(1)))
        .toList();
  }

  /** Whether nothing in it says that the service has failed: a 5xx but for those documented. */
  public boolean isNoFault() {
    return statuses().stream().allMatch(status -> status < 500 || isDocumented(status));
  }

  private boolean isDocumented(int status) {
    return switch (status) {
      case 503 -> text.contains("problem:unavailable\"") && text.contains("Retry-After: ");
      case 501 -> text.contains("problem:not-implemented\"") || isHead();
      case 505 -> text.contains("problem:version-not-supported\"") || isHead();
      default -> false;
    };
  }

  private boolean isHead() {
    return text.endsWith("\r\n\r\n");
  }
}
