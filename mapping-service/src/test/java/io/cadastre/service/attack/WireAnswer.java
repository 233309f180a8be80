/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of HTTP/1.1, read to the end of its connection and taken apart: chunks are undone,
 * other encodings are left.
 *
 * @param status the status code of the final answer
 * @param headers by the name in small letters
 * @param body the bytes of the body
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are no text; no two answers are compared
public record WireAnswer(int status, Map<String, String> headers, byte[] body) {
  private static final int MILLIS = 60_000;

  /** Sends these bytes and reads the answer; empty if the connection was closed without one. */
  public static Optional<WireAnswer> to(int port, byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(MILLIS);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        socket.getInputStream().transferTo(all);
      } catch (SocketException e) {
        // refused before all was sent: what came is the answer
      }
      return all.size() == 0 ? Optional.empty() : Optional.of(parse(all.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WireAnswer parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 ") || end < 0) {
      throw new IllegalStateException("no answer of HTTP/1.1: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    int status = Integer.parseInt(lines[0].substring(9, 12));
    byte[] rest = Arrays.copyOfRange(bytes, end + 4, bytes.length);
    if (status < 200) {
      return parse(rest);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    boolean chunked = headers.getOrDefault("transfer-encoding", "").equals("chunked");
    return new WireAnswer(status, headers, chunked ? withoutChunks(rest) : rest);
  }

  private static byte[] withoutChunks(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      if (line < 0) {
        throw new IllegalStateException("the chunks end early: " + text);
      }
      int count = Integer.parseInt(text.substring(at, line).split(";", -1)[0].strip(), 16);
      if (count == 0) {
        return body.toByteArray();
      }
      body.write(bytes, line + 2, count);
      at = line + 2 + count + 2;
    }
  }

  /** A header's value, or nothing. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    String text = text();
    return status + " " + headers + " " + (text.length() > 1000 ? text.substring(0, 1000) : text);
  }
}
