/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.http.EventBehindAnswer;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The answers before Jersey are those of Jersey: status, fields and bytes, for usual, odd and
 * hostile requests, under each form of a prefix. 15 seconds.
 */
@Tag("slow")
class DirectAnswersTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());

  private static final String NAMED = "/v1/owners/";
  private static final String TAGS = "If-None-Match: \"TAG\"";

  /** Paths, each once with every method. FIRST stands for the first ID of an owner. */
  private static final List<String> PATHS =
      List.of(
          NAMED + "zoe",
          NAMED + "1001",
          NAMED + "01001",
          NAMED + "4294967295",
          NAMED + "99999999999",
          NAMED + "0",
          NAMED + "gone",
          NAMED + "1002",
          NAMED + "nobody",
          NAMED + "root",
          NAMED + "ZOE",
          NAMED + "z%6fe",
          NAMED + "z%6Fe",
          NAMED + "zoe%20",
          NAMED + "zoe%00",
          NAMED + "zoe%",
          NAMED + "zoe/",
          NAMED + "zoe//",
          NAMED + "/zoe",
          NAMED + "zoe;x=1",
          NAMED + "zoe;",
          NAMED + "zoe?",
          NAMED + "zoe?x=1",
          NAMED + "zoe?=",
          NAMED + "zoe#x",
          NAMED + "zoe\\",
          NAMED + ".",
          NAMED + "..",
          NAMED + "../owners/zoe",
          NAMED + "./zoe",
          NAMED + ".zoe",
          NAMED + "-zoe",
          NAMED + "+zoe",
          NAMED + "a@b",
          NAMED + "a.b",
          NAMED + "zoe$",
          NAMED + "zoe~",
          NAMED + "zoe*",
          NAMED + "zo\u00e9",
          NAMED + "zo%C3%A9",
          NAMED + "zo%e9",
          NAMED + "a".repeat(256),
          NAMED + "a".repeat(257),
          NAMED + "batch",
          NAMED + "zoe/contains?type=subuid&start=FIRST&count=1",
          NAMED,
          "/v1/owners",
          "/v1/Owners/zoe",
          "//v1/owners/zoe",
          "/v1//owners/zoe",
          "/v1/./owners/zoe",
          "/x/../v1/owners/zoe",
          "/v1;x/owners/zoe",
          "/v1/ids/subuid/FIRST",
          "/v1/ids/subgid/FIRST",
          "/v1/ids/subuid/0FIRST",
          "/v1/ids/subuid/1",
          "/v1/ids/subuid/0",
          "/v1/ids/subgid/4294967294",
          "/v1/ids/subgid/4294967295",
          "/v1/ids/subgid/9999999999",
          "/v1/ids/subgid/18446744073709551616",
          "/v1/ids/subuid/FIRST?at=2026-01-01",
          "/v1/ids/subuid/FIRST?at=",
          "/v1/ids/subuid/FIRST/",
          "/v1/ids/subuid/%31",
          "/v1/ids/subuid/-1",
          "/v1/ids/subuid/+1",
          "/v1/ids/subuid/x",
          "/v1/ids/subuid/",
          "/v1/ids/subuid",
          "/v1/ids/subxid/1",
          "/v1/snapshot",
          "/v1/snapshot/",
          "/v1/snapshot?x",
          "/v1/snapshot;x",
          "/v1/snapshots",
          "/v1/subuid",
          "/v1/subuid?owner=uid",
          "/v1/subgid",
          "/v1/subgid/",
          "/v1/subgid?owner=gid");

  /** What every field below goes with. */
  private static final List<String> OFTEN =
      List.of(
          NAMED + "zoe", NAMED + "nobody", "/v1/ids/subgid/FIRST", "/v1/snapshot", "/v1/subuid");

  private static final List<String> FIELDS =
      List.of(
          "Accept: */*",
          "Accept: application/json",
          "Accept: text/plain",
          "Accept: text/html",
          "Accept: application/json, */*;q=0.1",
          "Accept: application/json;q=0",
          "Accept: text/html, image/gif, image/jpeg, */*; q=.2",
          "Accept: application/json~Accept: text/html",
          "Accept: */*~Accept: */*",
          "Accept:",
          "Accept: json",
          "ACCEPT: */*",
          "Accept-Encoding: gzip",
          "Accept-Encoding: x-gzip",
          "Accept-Encoding: deflate, gzip, br",
          "Accept-Encoding: gzip;q=0",
          "Accept-Encoding: gzip;q=0, identity;q=0",
          "Accept-Encoding: identity;q=0, *;q=0",
          "Accept-Encoding: gzip;q=0.5, identity",
          "Accept-Encoding: identity~Accept-Encoding: gzip",
          "Accept-Encoding:",
          "Accept-Charset: latin1",
          "Accept-Language: ;;",
          TAGS,
          "If-None-Match: W/\"TAG\"",
          "If-None-Match: TAG",
          "If-None-Match: *",
          "If-None-Match: \"x\", \"TAG\"",
          "If-None-Match: \"x\"~" + TAGS,
          "If-None-Match: \"TAG-gzip\"",
          "If-None-Match: \"TAG-gzip\"~Accept-Encoding: gzip",
          "If-None-Match: \"x",
          "If-Match: \"TAG\"",
          "If-Match: \"x\"",
          "If-Match: W/\"TAG\"",
          "If-Match: *~If-None-Match: *",
          "If-Modified-Since: Sat, 28 Nov 2026 00:00:00 GMT",
          "If-Modified-Since: never",
          "If-Unmodified-Since: Sat, 28 Nov 2006 00:00:00 GMT",
          "Range: bytes=0-9",
          "Content-Length: 0",
          "Content-Type: application/json",
          "Content-Type: x",
          "Content-Encoding: br",
          "Content-Length: 2~Content-Encoding: br~~{}",
          "Content-Length: 2~~{}",
          "Content-Length: 2~Content-Type: application/json~~{}",
          "Transfer-Encoding: chunked~~0~~",
          "Expect: 100-continue",
          "Expect: tea",
          "Cookie: a=b; \u0001",
          "X-HTTP-Method-Override: DELETE",
          "X-Request-Id: \"unfit\"",
          "Origin: http://evil.example.org",
          "Origin: null",
          EventBehindAnswer.LEAST + ": 1",
          EventBehindAnswer.LEAST + ": 999999",
          EventBehindAnswer.LEAST + ": x",
          "cadastre-min-event: x");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "gzip: {enabled: true}, ''",
    "applicationContextPath: /cadastre, /cadastre",
    "rootPath: /api/*, /api",
  })
  void answersAreThoseOfJersey(String setting, String prefix) throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    String access = "{bootstrapTokenFile: %s}".formatted(file);
    try (Service service = Service.closedUnder(dir, setting, access)) {
      String first = fill(service, prefix);
      service.awaitUseOfFirstToken(BOOTSTRAP.text(), prefix);
      String tag =
          service
              .as(BOOTSTRAP.text(), "GET", prefix + "/v1/snapshot", "")
              .header("ETag")
              .replace("\"", "");
      AtomicInteger atJersey = countAtJersey(service);
      List<String> requests =
          requests(prefix).map(r -> r.replace("FIRST", first).replace("TAG", tag)).toList();

      Map<String, List<String>> direct = answers(service, requests);
      int sentOn = atJersey.getAndSet(0);
      removeDirectAnswers(service);
      Map<String, List<String>> byJersey = answers(service, requests);

      Map<String, List<String>> differing = new LinkedHashMap<>(direct);
      differing.entrySet().removeAll(byJersey.entrySet());
      assertThat(differing).isEmpty();
      // Some are refused before both.
      assertThat(atJersey.get() - sentOn).isGreaterThan(requests.size() / 10);
    }
  }

  /** Makes an owner, and one who is retired; returns the first ID of the first one. */
  private static String fill(Service service, String prefix) {
    String zoe =
        service
            .as(BOOTSTRAP.text(), "PUT", prefix + NAMED + "zoe", Service.identity(1001, "z"))
            .json()
            .at("/allocation/subuid/start")
            .asText();
    long uid = 1001;
    for (String path : List.of("gone", "a@b", "a.b")) {
      String body = Service.identity(++uid, path);
      assertThat(service.as(BOOTSTRAP.text(), "PUT", prefix + NAMED + path, body).status())
          .isEqualTo(201);
    }
    assertThat(service.as(BOOTSTRAP.text(), "DELETE", prefix + NAMED + "gone", "").status())
        .isEqualTo(204);
    return zoe;
  }

  private static Stream<String> requests(String prefix) {
    Set<String> all = new LinkedHashSet<>();
    String token = "~Authorization: Bearer " + BOOTSTRAP.text();
    for (String method : List.of("GET", "HEAD")) {
      for (String path : PATHS) {
        all.add(request(method, prefix + path, token));
      }
      for (String path : OFTEN) {
        for (String field : FIELDS) {
          all.add(request(method, prefix + path, token + "~" + field));
        }
      }
    }
    for (String path : OFTEN) {
      for (String method : List.of("get", "OPTIONS", "POST", "TRACE", "X")) {
        all.add(request(method, prefix + path, token));
      }
      for (String credential :
          List.of(
              "",
              "~Authorization: Bearer wrong",
              "~Authorization: Basic eDp5",
              token + token,
              "~Authorization: Bearer " + BOOTSTRAP.text().replaceFirst(".$", "~"))) {
        all.add(request("GET", prefix + path, credential));
      }
      all.add(request("GET", path, token));
      all.add(request("GET", prefix + prefix + path, token));
      all.add(request("GET", "http://localhost" + prefix + path, token));
      all.add(request("GET", prefix + path, token).replace("HTTP/1.1", "HTTP/1.0"));
      all.add(request("GET", prefix + path, token).replace("localhost", "evil.example.org"));
    }
    return all.stream();
  }

  private static String request(String method, String path, String fields) {
    String end = fields.contains("~~") ? "" : "~~";
    return "%s %s HTTP/1.1~Host: localhost~Connection: close~X-Request-Id: the-same%s%s"
        .formatted(method, path, fields, end);
  }

  /** Each request with its answer: the lines of its head in the order of letters, and its body. */
  private static Map<String, List<String>> answers(Service service, List<String> requests) {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (String request : requests) {
      String answer =
          new String(service.rawBytes(request.replace("~", "\r\n")), StandardCharsets.ISO_8859_1)
              .replaceAll("Date: [^\r]*\r\n", "");
      int end = answer.indexOf("\r\n\r\n");
      List<String> parts =
          new ArrayList<>(
              Arrays.stream(answer.substring(0, Math.max(0, end)).split("\r\n"))
                  .map(DirectAnswersTest::withoutNewId)
                  .sorted()
                  .toList());
      parts.add(withoutNewId(answer.substring(end + 1)));
      answers.put(request, parts);
    }
    return answers;
  }

  /** An ID that the client gave stays; one that was made differs each time. */
  private static String withoutNewId(String text) {
    return text.replaceAll("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}(?=\"}$|$)", "an-id");
  }

  /** Counts what comes through all filters. */
  private static AtomicInteger countAtJersey(Service service) {
    AtomicInteger count = new AtomicInteger();
    FilterHolder counting =
        new FilterHolder(
            (request, response, chain) -> {
              count.incrementAndGet();
              chain.doFilter(request, response);
            });
    service.servlets().addFilterWithMapping(counting, "/*", EnumSet.of(DispatcherType.REQUEST));
    return count;
  }

  private static void removeDirectAnswers(Service service) {
    FilterMapping[] all = service.servlets().getFilterMappings();
    FilterMapping[] others =
        Arrays.stream(all)
            .filter(mapping -> !mapping.getFilterName().equals("direct-answers"))
            .toArray(FilterMapping[]::new);
    assertThat(others).hasSize(all.length - 1);
    service.servlets().setFilterMappings(others);
  }
}
