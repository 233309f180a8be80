/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Makes requests for the operations of an OpenAPI document. Of each part there are right and wrong
 * forms; the wrong ones are seldom, so that a request often has one fault only.
 */
public final class RequestsOfDocument {
  private static final List<String> WRONG_VALUES =
      List.of(
          "",
          "%00",
          "%0a",
          "%2f",
          "%2e%2e",
          "..",
          ".",
          "%",
          "%zz",
          "%c0%80",
          "%ff",
          "%25",
          "%5c",
          "%e2%80%ae",
          "%f0%9f%98%80",
          ";a=b",
          "a;b=c",
          "-1",
          "4294967296",
          "99999999999999999999",
          "1.5",
          "null",
          "True",
          "a%20b",
          "+",
          "batch",
          "%62atch",
          "*",
          "'",
          "\"",
          "<b>",
          "${x}",
          "-999999999-01-01T00:00:00Z",
          "%2b999999999-12-31T23:59:59Z",
          "x".repeat(300));
  private static final List<String> WRONG_PATHS =
      List.of(
          "%s/",
          "%s//",
          "/%s",
          "%s;x=1",
          "%s/..",
          "%s/../batch",
          "%s/.",
          "%s.json",
          "%s%%00",
          "%s/x",
          "/v1/..%s",
          "http://localhost%s",
          "%s#x",
          "%s%%2f",
          "%s\\");
  private static final List<String> TYPES =
      List.of("application/json", "text/csv", "application/x-ndjson", "text/plain", "*/*");
  private static final List<String> ODD_HEADERS =
      List.of(
          "Accept: ;;;",
          "Accept: */*;q=2",
          "Accept: image/png",
          "Accept-Encoding: gzip",
          "Accept-Encoding: identity;q=0",
          "If-None-Match: *",
          "If-None-Match: \"",
          "If-Match: \"x\"",
          "If-Modified-Since: Sat, 01 Jan 2028 00:00:00 GMT",
          "Range: bytes=0-0",
          "Expect: 100-continue",
          "Expect: tea",
          "Upgrade: h2c",
          "Cookie: a=b; =",
          "X-Request-Id: a b",
          "X-Request-Id: ok",
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "Origin: http://localhost",
          "Origin: https://example.org",
          "Origin: null",
          "X-Forwarded-For: 10.0.0.1",
          "Forwarded: for=10.0.0.1;host=example.org",
          "X-Forwarded-Host: example.org",
          "X-HTTP-Method-Override: DELETE",
          "X-Original-URL: /v1/admin/tokens",
          "Accept-Language: *;q=x",
          "Date: never");

  private final JsonOfSchema json;
  private final JsonNode document;
  private final List<Tuple2<Integer, String>> credentials;

  /**
   * The requests of a document.
   *
   * @param credentials words for the credentials, and how often each is to come
   */
  public RequestsOfDocument(JsonNode document, List<Tuple2<Integer, String>> credentials) {
    this.json = new JsonOfSchema(document);
    this.document = document;
    this.credentials = List.copyOf(credentials);
  }

  /** Requests of all operations. */
  public Arbitrary<GeneratedRequest> requests() {
    List<Arbitrary<GeneratedRequest>> all = new ArrayList<>();
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        all.add(
            requests(
                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
      }
    }
    return Arbitraries.oneOf(all);
  }

  private Arbitrary<GeneratedRequest> requests(String method, String path, JsonNode operation) {
    var content = operation.at("/requestBody/content").properties().stream().findFirst();
    Arbitrary<byte[]> body =
        content
            .map(type -> bodies(type.getKey(), type.getValue().path("schema")))
            .orElse(seldom(29, Arbitraries.just(new byte[0]), Arbitraries.just(new byte[] {'x'})));
    String type = content.map(entry -> entry.getKey()).orElse("application/json");
    return Combinators.combine(
            seldom(
                24,
                Arbitraries.just(method),
                Arbitraries.of(
                    "GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "QUERY", "get")),
            targets(path, operation.path("parameters")),
            Arbitraries.frequency(credentials),
            headers(type),
            body)
        .as(
            (verb, target, credential, headers, bytes) ->
                new GeneratedRequest(verb, path, target, credential, headers, bytes));
  }

  private static <T> Arbitrary<T> seldom(int often, Arbitrary<T> right, Arbitrary<T> wrong) {
    return Arbitraries.frequencyOf(Tuple.of(often, right), Tuple.of(1, wrong));
  }

  private static Arbitrary<String> targets(String template, JsonNode parameters) {
    List<Arbitrary<String>> query = new ArrayList<>();
    Arbitrary<String> path = Arbitraries.just(template);
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asText();
      Arbitrary<String> value =
          seldom(
              7,
              JsonOfSchema.words(parameter.path("schema")).map(RequestsOfDocument::encoded),
              Arbitraries.of(WRONG_VALUES));
      if (parameter.path("in").asText().equals("path")) {
        path = Combinators.combine(path, value).as((text, v) -> text.replace("{" + name + "}", v));
      } else {
        double absent = parameter.path("required").asBoolean() ? 0.05 : 0.6;
        query.add(
            Combinators.combine(
                    seldom(
                        30,
                        Arbitraries.just(name),
                        Arbitraries.just(name.toUpperCase(Locale.ROOT))),
                    value)
                .as((key, v) -> key + "=" + v)
                .injectNull(absent));
      }
    }
    query.add(
        Arbitraries.of("x=1", "dryRun=true", "dryrun=1", "limit=1&limit=2", "", "=", "&&", "%00")
            .injectNull(0.95));
    path =
        Combinators.combine(path, seldom(20, Arbitraries.just("%s"), Arbitraries.of(WRONG_PATHS)))
            .as((text, form) -> form.formatted(text));
    return Combinators.combine(path, Combinators.combine(query).as(RequestsOfDocument::joined))
        .as((text, asked) -> text + asked);
  }

  private static String joined(List<String> query) {
    List<String> present = query.stream().filter(text -> text != null).toList();
    return present.isEmpty() ? "" : "?" + String.join("&", present);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Arbitrary<List<String>> headers(String type) {
    Arbitrary<String> host =
        seldom(
            40,
            Arbitraries.just("Host: localhost"),
            Arbitraries.of("Host: example.org", "Host: 127.0.0.1", "Host: ", "X-Host: localhost"));
    Arbitrary<String> contentType =
        seldom(
            15,
            Arbitraries.just("Content-Type: " + type),
            Arbitraries.of(
                "Content-Type: text/plain",
                "Content-Type: " + type + ";charset=utf-16",
                "Content-Type: x",
                "X-Type: none"));
    Arbitrary<String> accept = Arbitraries.of(TYPES).map(text -> "Accept: " + text).injectNull(0.6);
    Arbitrary<String> odd = Arbitraries.of(ODD_HEADERS).injectNull(0.7);
    return Combinators.combine(List.of(host, contentType, accept, odd))
        .as(lines -> lines.stream().filter(line -> line != null).toList());
  }

  private Arbitrary<byte[]> bodies(String type, JsonNode schema) {
    Arbitrary<String> texts =
        type.endsWith("ndjson")
            ? json.texts(schema).list().ofMaxSize(4).map(lines -> String.join("\n", lines))
            : json.texts(schema);
    Arbitrary<byte[]> right = texts.map(text -> text.getBytes(StandardCharsets.UTF_8));
    return Arbitraries.frequencyOf(
        Tuple.of(14, right),
        Tuple.of(1, texts.map(text -> text.getBytes(StandardCharsets.UTF_16))),
        Tuple.of(1, right.map(bytes -> java.util.Arrays.copyOf(bytes, bytes.length / 2))),
        Tuple.of(1, right.map(bytes -> with(bytes, "}".getBytes(StandardCharsets.UTF_8)))),
        Tuple.of(1, right.map(bytes -> with(bytes, new byte[] {(byte) 0xc0, (byte) 0xff}))),
        Tuple.of(
            1, right.map(bytes -> with(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, bytes))),
        Tuple.of(
            1,
            Arbitraries.of("", " ", "[".repeat(5_000), "{\"a\":".repeat(2_000), "x".repeat(70_000))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))));
  }

  private static byte[] with(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
