/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends requests over kept connections and times them until the last byte of the answer. */
final class TimedClient {
  private static final int START = 512;

  private final String url;

  TimedClient(String url) {
    this.url = url;
  }

  /**
   * An answer.
   *
   * @param seconds from before the request until the last byte
   * @param bytes of the body, as sent
   * @param start the first bytes of the body
   */
  record Timed(double seconds, long bytes, String start) {}

  Timed get(String path) throws IOException {
    return send("GET", path, Optional.empty(), "identity");
  }

  Timed getGzipped(String path) throws IOException {
    return send("GET", path, Optional.empty(), "gzip");
  }

  Timed put(String path, String json) throws IOException {
    return send("PUT", path, Optional.of(json), "identity");
  }

  Timed post(String path) throws IOException {
    return send("POST", path, Optional.of(""), "identity");
  }

  Timed delete(String path) throws IOException {
    return send("DELETE", path, Optional.empty(), "identity");
  }

  private Timed send(String method, String path, Optional<String> json, String encoding)
      throws IOException {
    long began = System.nanoTime();
    HttpURLConnection connection = (HttpURLConnection) new URL(url + path).openConnection();
    connection.setRequestMethod(method);
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("Accept-Encoding", encoding);
    if (json.isPresent()) {
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (var out = connection.getOutputStream()) {
        out.write(json.get().getBytes(StandardCharsets.UTF_8));
      }
    }
    if (connection.getResponseCode() >= 300) {
      throw new IOException(
          "%s %s: %s".formatted(method, path, text(connection.getErrorStream().readAllBytes())));
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] start = in.readNBytes(START);
      byte[] more = new byte[1 << 16];
      long bytes = start.length;
      for (int read = in.read(more); read >= 0; read = in.read(more)) {
        bytes += read;
      }
      return new Timed((System.nanoTime() - began) / 1e9, bytes, text(start));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
