/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A request that a hostile or broken client might send: of every part there are right and wrong
 * forms, and some bytes are changed at the end. The same seed gives the same request.
 */
public final class HostileRequest {
  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "HEAD", "PUT", "PUT", "POST", "POST", "DELETE", "PATCH", "OPTIONS", "X");
  private static final List<String> PATHS =
      List.of(
          "/v1/owners/%s",
          "/v1/owners/%s/supersede",
          "/v1/owners/%s/rebind",
          "/v1/owners/%s/contains?type=subuid&start=%s&count=%s",
          "/v1/owners/batch?dryRun=%s",
          "/v1/owners/batch",
          "/v1/ids/subuid/%s?at=%s",
          "/v1/ids/subgid/%s",
          "/v1/allocations?pool=%s&state=%s&owner=%s&from=%s&to=%s&limit=%s&cursor=%s",
          "/v1/pools/%s",
          "/v1/events?after=%s&owner=%s&limit=%s",
          "/v1/audit",
          "/v1/snapshot",
          "/v1/subuid?owner=%s",
          "/v1/changes?since=%s",
          "/v1/storage-conf/validate",
          "/v1/lustre/nodemap?first=%s&limit=%s&pool=%s&name=%s",
          "/v1/admin/accounts?filter=%s",
          "/v1/admin/reconcile?dryRun=%s",
          "/v1/admin/adopt?dryRun=%s",
          "/v1/admin/dismiss-entry?dryRun=%s",
          "/v1/admin/verify-ledger",
          "/v1/admin/rebind?dryRun=%s",
          "/v1/admin/follow?dryRun=%s",
          "/v1/admin/import?dryRun=%s",
          "/v1/openapi.json",
          "/%s",
          "/v1/%s/%s");
  private static final List<String> VALUES =
      List.of(
          "zoe",
          "0",
          "1",
          "-1",
          "5",
          "1001062400",
          "4294967295",
          "4294967296",
          "9223372036854775807",
          "99999999999999999999",
          "true",
          "active",
          "default",
          "",
          "%00",
          "%0a",
          "%2f",
          "%2e%2e",
          "%",
          "%zz",
          "%c0%80",
          "%f0%9f%98%80",
          "..",
          ".",
          ";a=b",
          "a;b",
          "*",
          "'",
          "\"",
          "<b>",
          "${x}",
          "2026-03-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "null",
          "x".repeat(300),
          "%e2%80%ae",
          "a%20b",
          "?",
          "#",
          "&&&",
          "=");
  private static final List<String> HEADERS =
      List.of(
          "Host: localhost",
          "Accept: text/csv",
          "Accept: ;;;",
          "Accept: */*;q=2",
          "Accept-Encoding: gzip",
          "Accept-Encoding: identity;q=0",
          "If-None-Match: *",
          "If-None-Match: \"",
          "If-Match: W/\"x\"",
          "Prefer: wait=99999999999",
          "X-Request-Id: a b",
          "X-Request-Id: ok",
          "Range: bytes=0-0",
          "Expect: 100-continue",
          "Expect: tea",
          "Upgrade: h2c",
          "Cookie: a=b; a=c; =",
          "Authorization: x",
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "Content-Type: text/plain",
          "Date: never",
          "Content-Type: application/json; charset=utf-16",
          "Transfer-Encoding: gzip",
          "X: \u00ff",
          "Accept-Language: *;q=x",
          "Content-Length: 7",
          "Connection: keep-alive",
          " folded",
          "NoColon");
  private static final List<String> ATOMS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "1.5",
          "99999999999999999999",
          "\"\"",
          "\"zoe\"",
          "\"a\\nb\"",
          "\"\\ud800\"",
          "[]",
          "{}",
          "[[[[[]]]]]",
          "{\"a\":{}}",
          "5000",
          "\"default\"",
          "nul");
  private static final List<String> FIELDS =
      List.of(
          "uidNumber",
          "gidNumber",
          "stableId",
          "dn",
          "pool",
          "reinstate",
          "reason",
          "name",
          "files",
          "user",
          "engine",
          "facts",
          "uid",
          "home",
          "x");

  private final Random random;

  private HostileRequest(long seed) {
    this.random = new Random(seed);
  }

  /** The request of that seed, as it goes over the wire. */
  public static byte[] of(long seed) {
    return new HostileRequest(seed).bytes();
  }

  private byte[] bytes() {
    String path = from(PATHS);
    while (path.contains("%s")) {
      path = path.replaceFirst("%s", java.util.regex.Matcher.quoteReplacement(from(VALUES)));
    }
    byte[] body = body(path);
    String type = path.contains("/batch") ? "application/x-ndjson" : "application/json";
    StringBuilder head = new StringBuilder();
    head.append(from(METHODS)).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append(often() ? "Host: localhost\r\nConnection: close\r\n" : "");
    head.append(often() ? "Content-Type: " + type + "\r\n" : "");
    for (int i = random.nextInt(3); i > 0; i--) {
      head.append(from(HEADERS)).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(5) == 0 && body.length > 0) {
      chunked(head, body, out);
    } else {
      int lie = often() ? 0 : random.nextInt(20) - 10;
      head.append(
          body.length == 0 && often() ? "" : "Content-Length: " + (body.length + lie) + "\r\n");
      write(out, head + "\r\n");
      out.writeBytes(body);
    }
    return broken(out.toByteArray());
  }

  private void chunked(StringBuilder head, byte[] body, ByteArrayOutputStream out) {
    write(out, head + "Transfer-Encoding: chunked\r\n\r\n");
    int size = often() ? body.length : random.nextInt(1 << 20);
    write(out, Integer.toHexString(size) + (often() ? "\r\n" : "\n;x=y"));
    out.writeBytes(body);
    write(out, often() ? "\r\n0\r\n\r\n" : "\r\n0\r\nTrailer: x\r\n\r\n");
  }

  private byte[] body(String path) {
    if (random.nextInt(4) == 0) {
      return new byte[0];
    }
    String text =
        path.contains("/batch")
            ? IntStream.range(0, random.nextInt(20))
                .mapToObj(i -> json(2))
                .collect(Collectors.joining(often() ? "\n" : "\n\n"))
            : json(3);
    byte[] bytes = text.getBytes(often() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
    return random.nextInt(10) == 0 ? zipped(bytes) : bytes;
  }

  private String json(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return random.nextInt(200) == 0 ? "[".repeat(random.nextInt(60_000)) : from(ATOMS);
    }
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> "\"" + from(FIELDS) + "\":" + json(depth - 1))
        .collect(Collectors.joining(often() ? "," : ",,", "{", often() ? "}" : ""));
  }

  private static byte[] zipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Most stay as they are; others are cut, or have bytes changed. */
  private byte[] broken(byte[] request) {
    if (random.nextInt(10) == 0) {
      return java.util.Arrays.copyOf(request, random.nextInt(request.length));
    }
    if (random.nextInt(10) == 0) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        request[random.nextInt(request.length)] = (byte) random.nextInt(256);
      }
    }
    return request;
  }

  private boolean often() {
    return random.nextInt(20) > 0;
  }

  private String from(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
