/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  @TempDir static Path directory;
  @TempDir Path other;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Answer post(String query, String lines) {
    return post(service, query, lines);
  }

  private static Answer post(Service service, String query, String lines) {
    return service.send(
        "POST", "/v1/owners/batch" + query, lines, "Content-Type", "application/x-ndjson");
  }

  private static List<JsonNode> results(Answer answer) {
    return answer.text().lines().map(BatchTest::parsed).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return Service.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(int uid) {
    return "{\"name\":\"u%d\",\"uidNumber\":%d,\"gidNumber\":%d,\"stableId\":\"s%d\"}\n"
        .formatted(uid, uid, uid, uid);
  }

  private static String lines(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(BatchTest::line)
        .collect(Collectors.joining());
  }

  @Test
  void longLinesAreRefusedAndStopNoOther() {
    String tooLong = "{\"name\":\"" + "x".repeat(70_000) + "\"}\n";

    List<JsonNode> results = results(post("", line(9_001) + tooLong + "\n \n" + line(9_002)));

    assertThat(results).hasSize(3);
    assertThat(results.get(1).at("/refused/type").asText())
        .isEqualTo("urn:cadastre:problem:bad-request");
    assertThat(results.get(1).at("/refused/detail").asText()).contains("longer than 65536 bytes");
    assertThat(results.get(2).path("line").asInt()).isEqualTo(5);
    assertThat(results.get(2).path("outcome").asText()).isEqualTo("created");
  }

  @Test
  void resultsComeInTheOrderOfTheLines() {
    Answer answer = post("", lines(10_000, 1203));

    List<JsonNode> results = results(answer);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(results).hasSize(1203);
    Set<Long> starts = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      JsonNode result = results.get(i);
      assertThat(result.path("line").asInt()).isEqualTo(i + 1);
      assertThat(result.path("name").asText()).isEqualTo("u" + (10_000 + i));
      assertThat(result.path("outcome").asText()).isEqualTo("created");
      assertThat(result.at("/owner/uidNumber").asInt()).isEqualTo(10_000 + i);
      assertThat(starts.add(result.at("/allocation/subuid/start").asLong())).isTrue();
    }
    assertThat(results(post("", lines(10_000, 1203))))
        .allMatch(result -> result.path("outcome").asText().equals("unchanged"));
  }

  @Test
  void badLinesAreRefusedAndStopNoOther() {
    String bad =
        line(2001)
            + "{not json\n"
            + "\n"
            + "[]\n"
            + "null\n"
            + "{\"uidNumber\":1,\"gidNumber\":1}\n"
            + "{\"name\":\"a:0:65536\",\"uidNumber\":1,\"gidNumber\":1}\n"
            + "{\"name\":\"known\",\"colour\":\"red\"}\n"
            + "{\"name\":\"root0\",\"uidNumber\":0,\"gidNumber\":0}\n"
            + "{\"name\":\"nopool\",\"uidNumber\":5,\"gidNumber\":5,\"pool\":\"none\"}\n"
            + "{\"name\":\"noid\"}\n"
            + line(2002).stripTrailing();

    List<JsonNode> results = results(post("", bad));

    assertThat(results)
        .extracting(r -> r.path("line").asInt())
        .containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(results)
        .extracting(
            r -> r.at("/refused/type").asText("granted").replace("urn:cadastre:problem:", ""))
        .containsExactly(
            "granted",
            "bad-request",
            "bad-request",
            "bad-request",
            "bad-request",
            "invalid-name",
            "bad-request",
            "invalid-identity",
            "unknown-pool",
            "bad-request",
            "granted");
    assertThat(results.get(5).path("name").asText()).isEqualTo("a:0:65536");
    assertThat(results.get(5).has("allocation")).isFalse();
    assertThat(results.get(7).at("/refused/status").asInt()).isEqualTo(422);
  }

  @Test
  void dryRunSaysWhatWouldBeAndChangesNothing() {
    long before = service.events();

    List<JsonNode> would = results(post("?dryRun=true", lines(3000, 700)));

    assertThat(would).allMatch(result -> result.path("outcome").asText().equals("created"));
    assertThat(would)
        .extracting(r -> r.at("/allocation/subuid/start").asLong())
        .doesNotHaveDuplicates();
    assertThat(service.events()).isEqualTo(before);
    List<JsonNode> done = results(post("?dryRun=false", lines(3000, 700)));
    assertThat(done.get(699).at("/allocation/subuid/start"))
        .isEqualTo(would.get(699).at("/allocation/subuid/start"));
  }

  @Test
  void dryRunOfMoreOwnersThanThePoolHasSlotsSaysWhomItHasNoneFor() {
    String pool = "pools: [{name: tiny, count: 65536, segments: [{first: 655360000, last: %d}]}]\n";
    try (Service tiny = Service.ofCaller(other, pool.formatted(655360000L + 1500 * 65536 - 1))) {
      List<JsonNode> would = results(post(tiny, "?dryRun=true", lines(3000, 1600)));

      assertThat(would.subList(0, 1500))
          .extracting(r -> r.at("/allocation/subuid/start").asLong())
          .doesNotHaveDuplicates()
          .doesNotContain(0L);
      assertThat(would.subList(1500, 1600))
          .allMatch(r -> r.at("/refused/type").asText().endsWith(":pool-full"));
      assertThat(results(post(tiny, "", line(3000))).get(0).at("/allocation/subuid/start"))
          .isEqualTo(would.get(0).at("/allocation/subuid/start"));
    }
  }

  @Test
  void sameAccountTwiceGetsOneRange() {
    List<JsonNode> results = results(post("", line(4000) + line(4000)));

    assertThat(results.get(1).path("outcome").asText()).isEqualTo("unchanged");
    assertThat(results.get(1).path("allocation")).isEqualTo(results.get(0).path("allocation"));
  }

  @Test
  void sameAccountTwiceInADryRunGetsOneRangeHoweverFarApart() {
    List<JsonNode> results =
        results(post("?dryRun=true", line(8000) + lines(8001, 700) + line(8000)));

    assertThat(results.get(701).path("outcome").asText()).isEqualTo("unchanged");
    assertThat(results.get(701).path("allocation")).isEqualTo(results.get(0).path("allocation"));
  }

  @Test
  void noLinesGetNoResults() {
    assertThat(post("", "").text()).isEmpty();
    assertThat(post("", "\n \n\r\n").text()).isEmpty();
    assertThat(post("", "").status()).isEqualTo(200);
  }

  @Test
  void linesMayEndAsOnWindows() {
    assertThat(results(post("", line(5000).replace("\n", "\r\n"))))
        .allMatch(result -> result.path("outcome").asText().equals("created"));
  }

  @Test
  void dryRunMustBeTrueOrFalse() {
    assertThat(post("?dryRun=yes", line(6000)).problem()).isEqualTo("bad-request");
    assertThat(service.get("/v1/owners/u6000").status()).isEqualTo(404);
  }

  @Test
  void tooLargeABatchIsRefusedWholeBeforeAnythingIsDone() {
    String large = line(7000) + ("x".repeat(1 << 20) + "\n").repeat(33);

    assertThat(post("", large).problem()).isEqualTo("too-large");
    assertThat(service.get("/v1/owners/u7000").status()).isEqualTo(404);
  }

  @Test
  void eventsOfABatchCarryItsRequestId() {
    service.send(
        "POST",
        "/v1/owners/batch",
        lines(8000, 3),
        "Content-Type",
        "application/x-ndjson",
        "X-Request-Id",
        "batch-7");

    for (int uid = 8000; uid < 8003; uid++) {
      String name = service.get("/v1/owners/" + uid).json().at("/owner/name").asText();
      JsonNode event = service.get("/v1/events?owner=" + name).json().at("/events/0");
      assertThat(event.path("requestId").asText()).isEqualTo("batch-7");
    }
  }
}
