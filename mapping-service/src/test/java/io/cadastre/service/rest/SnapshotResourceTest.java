/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotResourceTest {
  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
    service.allocate("zoe", 1001);
    service.allocate("adam", 1002);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Snapshot parsed(Answer answer) {
    try {
      return Snapshot.parse(answer.http().body());
    } catch (SnapshotRefused e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] unzipped(Answer answer) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.http().body()))) {
      return in.readAllBytes();
    }
  }

  @Test
  void nodesCanParseIt() {
    Answer answer = service.get("/v1/snapshot");

    assertThat(parsed(answer).rows()).extracting(r -> r.name().value()).contains("adam", "zoe");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/snapshot", "/v1/subuid", "/v1/subgid", "/v1/subuid?owner=uid"})
  void eachCodingHasAStrongTagOfItsOwn(String path) throws IOException {
    Answer plain = service.get(path);
    Answer zipped = service.get(path, "Accept-Encoding", "gzip");

    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(unzipped(zipped)).isEqualTo(plain.http().body());
    assertThat(plain.header("ETag")).matches("\"[0-9a-f]{64}\"");
    assertThat(zipped.header("ETag")).matches("\"[0-9a-f]{64}-gzip\"");
    assertThat(service.get(path).header("ETag")).isEqualTo(plain.header("ETag"));
    assertThat(zipped.header("Vary")).isEqualTo("Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TAG",
        "W/TAG",
        "\"other\", TAG",
        "W/\"other\",W/TAG , \"third\"",
        "\"a,b\", TAG",
        "*",
        " * ",
      })
  void sameTagIsNotModified(String condition) {
    String tag = service.get("/v1/snapshot").header("ETag");

    Answer answer = service.get("/v1/snapshot", "If-None-Match", condition.replace("TAG", tag));

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.http().body()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(tag);
    assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.header("Content-Type")).isEmpty();
  }

  /** Review F31. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/snapshot",
        "/v1/subuid",
        "/v1/subuid?owner=uid",
        "/v1/subgid",
        "/v1/subgid?owner=uid"
      })
  void notModifiedHasNoLengthThatAParserCouldWaitFor(String path) {
    for (String method : List.of("GET", "HEAD")) {
      for (String coding : List.of("identity", "gzip")) {
        String tag = service.get(path, "Accept-Encoding", coding).header("ETag");
        String conditional =
            "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: %s\r\nIf-None-Match: %s\r\n"
                .formatted(method, path, coding, tag);
        // two on one connection: the second answer begins where the first one ends
        String raw = service.raw(conditional + "\r\n" + conditional + "Connection: close\r\n\r\n");
        String[] answers = raw.split("(?<=\r\n\r\n)");
        assertThat(answers).as(raw).hasSize(2);
        assertThat(answers)
            .allSatisfy(
                answer ->
                    assertThat(answer.toLowerCase(Locale.ROOT))
                        .startsWith("http/1.1 304 ")
                        .contains("\r\netag: " + tag + "\r\n")
                        .doesNotContain("content-length", "transfer-encoding")
                        .endsWith("\r\n\r\n"));
      }
    }
  }

  @Test
  void notModifiedIsAskedForEachCoding() {
    String plain = service.get("/v1/snapshot").header("ETag");
    String zipped = service.get("/v1/snapshot", "Accept-Encoding", "gzip").header("ETag");

    assertThat(
            service
                .get("/v1/snapshot", "Accept-Encoding", "gzip", "If-None-Match", zipped)
                .status())
        .isEqualTo(304);
    assertThat(
            service.get("/v1/snapshot", "Accept-Encoding", "gzip", "If-None-Match", plain).status())
        .isEqualTo(200);
    assertThat(service.get("/v1/snapshot", "If-None-Match", zipped).status()).isEqualTo(200);
    assertThat(
            service.get("/v1/snapshot", "If-None-Match", "\"x\"", "If-None-Match", plain).status())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "\"other\"", "W/\"other\"", "\"unclosed", ",,,", "\"*\""})
  void otherTagsGetTheText(String condition) {
    assertThat(service.get("/v1/snapshot", "If-None-Match", condition).status()).isEqualTo(200);
  }

  @Test
  void ifMatchIsComparedStrongly() {
    String tag = service.get("/v1/snapshot").header("ETag");

    assertThat(service.get("/v1/snapshot", "If-Match", tag).status()).isEqualTo(200);
    assertThat(service.get("/v1/snapshot", "If-Match", "*").status()).isEqualTo(200);
    assertThat(service.get("/v1/snapshot", "If-Match", "W/" + tag).problem())
        .isEqualTo("precondition-failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "*",
        "deflate, gzip;q=0.5",
        "gzip;q=0.001",
        "br;q=1, gzip ; q = 0.8, *;q=0.1",
        "identity;q=0.5, gzip;q=0.5",
        "identity;q=0, gzip;q=0.1",
      })
  void gzipIsSentWhenItIsPreferred(String accept) {
    assertThat(service.get("/v1/snapshot", "Accept-Encoding", accept).header("Content-Encoding"))
        .isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity",
        "gzip;q=0",
        "gzip;q=0.000",
        "gzip;q=0.5, identity",
        "gzip;q=0.2, identity;q=0.3",
        "br, deflate",
        "*;q=0.5, gzip;q=0",
        "gzip;q=nonsense",
        "",
      })
  void plainIsSentOtherwise(String accept) {
    Answer answer = service.get("/v1/snapshot", "Accept-Encoding", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Encoding")).isEmpty();
    assertThat(answer.text()).startsWith("# cadastre-snapshot 1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity;q=0", "*;q=0", "br, *;q=0", "gzip;q=0, identity;q=0"})
  void nothingAcceptableIsSaid(String accept) {
    assertThat(service.get("/v1/snapshot", "Accept-Encoding", accept).problem())
        .isEqualTo("not-acceptable");
  }

  @Test
  void headTellsWhatGetWould() {
    for (int uid = 40_000; uid < 40_100; uid++) {
      service.allocate("head" + uid, uid);
    }
    Answer get = service.get("/v1/snapshot");
    Answer head = service.send("HEAD", "/v1/snapshot", "");
    String json = service.send("HEAD", "/v1/events?limit=1000", "").header("Content-Length");
    Answer zipped = service.send("HEAD", "/v1/snapshot", "", "Accept-Encoding", "gzip");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.http().body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.http().body().length));
    assertThat(get.header("Content-Length")).isEqualTo(head.header("Content-Length"));
    assertThat(json).isNotEqualTo("0");
    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.header("ETag")).endsWith("-gzip\"");
    assertThat(
            service.send("HEAD", "/v1/snapshot", "", "If-None-Match", get.header("ETag")).status())
        .isEqualTo(304);
  }

  /** The newest event, as the log has it. */
  private static String newestEvent() {
    JsonNode event =
        service
            .get("/v1/events?limit=1000&after=0")
            .json()
            .path("events")
            .findParents("hash")
            .stream()
            .reduce((first, second) -> second)
            .orElseThrow();
    return event.path("seq").asLong() + " " + event.path("hash").asText();
  }

  @Test
  void everyAnswerTellsTheNewestEvent() {
    service.put("/v1/owners/headed", Service.identity(31_001, "id-1"));
    Answer before = service.get("/v1/snapshot");
    String tag = before.header("ETag");
    String head = newestEvent();

    assertThat(before.header("Cadastre-Head")).isEqualTo(head);
    assertThat(service.get("/v1/snapshot", "If-None-Match", tag).header("Cadastre-Head"))
        .isEqualTo(head);
    assertThat(service.get("/v1/snapshot", "Accept-Encoding", "gzip").header("Cadastre-Head"))
        .isEqualTo(head);
    assertThat(service.send("HEAD", "/v1/snapshot", "").header("Cadastre-Head")).isEqualTo(head);
    assertThat(service.get("/v1/changes?since=0").header("Cadastre-Head")).isEqualTo(head);
  }

  @Test
  void eventThatTheSnapshotDoesNotShowMovesTheHeadOfA304() {
    service.put("/v1/owners/headed", Service.identity(31_001, "id-1"));
    Answer before = service.get("/v1/snapshot");
    service.post(
        "/v1/owners/headed/rebind",
        "{\"reason\":\"a test\",\"uidNumber\":31001,\"gidNumber\":31001,\"stableId\":\"id-2\"}");

    Answer after = service.get("/v1/snapshot", "If-None-Match", before.header("ETag"));

    assertThat(after.status()).isEqualTo(304);
    assertThat(after.header("Cadastre-Head"))
        .isEqualTo(newestEvent())
        .isNotEqualTo(before.header("Cadastre-Head"));
  }

  @Test
  void linesAreThoseOfSubuid() {
    long start = service.get("/v1/owners/zoe").json().at("/allocation/subuid/start").asLong();

    assertThat(service.get("/v1/subuid").text()).contains("zoe:" + start + ":65536\n");
    assertThat(service.get("/v1/subuid?owner=name").text()).contains("zoe:" + start + ":65536\n");
    assertThat(service.get("/v1/subuid?owner=uid").text()).contains("1001:" + start + ":65536\n");
    assertThat(service.get("/v1/subgid").text()).contains("zoe:" + start + ":65536\n");
    assertThat(service.get("/v1/subgid?owner=uid").text()).doesNotContain("zoe");
  }

  @Test
  void changesAreSeenAtOnceAndHaveAnotherTag() {
    String before = service.get("/v1/snapshot").header("ETag");
    service.allocate("seen", 1100);

    Answer after = service.get("/v1/snapshot", "If-None-Match", before);

    assertThat(after.status()).isEqualTo(200);
    assertThat(after.text()).contains("\nseen:1100:");
    assertThat(service.get("/v1/subuid").text()).contains("seen:");
  }

  @Test
  void nobodyIsServedLessThanWasAcknowledged() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> seen = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = 20_000 + 100 * thread;
        seen.add(
            threads.submit(
                () -> {
                  boolean all = true;
                  for (int uid = first; uid < first + 15; uid++) {
                    long serial =
                        service.allocate("u" + uid, uid).at("/allocation/serial").asLong();
                    Snapshot snapshot = parsed(service.get("/v1/snapshot"));
                    String row = "u" + uid;
                    all &=
                        snapshot.serial() >= serial
                            && snapshot.rows().stream().anyMatch(r -> r.name().value().equals(row));
                  }
                  return all;
                }));
      }
      for (Future<Boolean> each : seen) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Applies what changed to what a node has, as a node does. */
  private static Snapshot applied(Snapshot base, Answer changes) {
    TreeSet<String> rows = new TreeSet<>();
    base.rows().forEach(row -> rows.add(row.toString()));
    StringBuilder text = new StringBuilder();
    for (String line : changes.text().lines().toList()) {
      if (line.startsWith("# ")) {
        text.append(line).append('\n');
      } else if (line.startsWith("-")) {
        assertThat(rows.remove(line.substring(1))).isTrue();
      } else {
        assertThat(line).startsWith("+");
        assertThat(rows.add(line.substring(1))).isTrue();
      }
    }
    rows.forEach(row -> text.append(row).append('\n'));
    try {
      return Snapshot.parse(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (SnapshotRefused e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void changesLeadFromOneSnapshotToTheNext() {
    service.allocate("goes", 30_001);
    service.allocate("renamed", 30_002);
    Snapshot base = parsed(service.get("/v1/snapshot"));
    service.delete("/v1/owners/goes");
    service.put("/v1/owners/newname", Service.identity(30_002, "id-renamed"));
    service.allocate("comes", 30_003);
    service.allocate("comes-and-goes", 30_004);
    service.delete("/v1/owners/comes-and-goes");
    service.post("/v1/owners/comes/supersede", "{\"reason\":\"a test\"}");

    Answer changes = service.get("/v1/changes?since=" + base.serial());
    Snapshot now = parsed(service.get("/v1/snapshot"));

    assertThat(applied(base, changes)).isEqualTo(now);
    assertThat(changes.text()).doesNotContain("comes-and-goes");
    assertThat(changes.text().lines().filter(line -> line.startsWith("-"))).hasSize(2);
    assertThat(changes.text().lines().filter(line -> line.startsWith("+"))).hasSize(2);
    assertThat(changes.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
  }

  @Test
  void changesSinceTheBeginningAreEverything() {
    Answer changes = service.get("/v1/changes?since=0");
    Snapshot now = parsed(service.get("/v1/snapshot"));

    assertThat(changes.text().lines().filter(line -> line.startsWith("+")))
        .hasSize(now.rows().size());
  }

  @Test
  void noChangesAreAHeaderAlone() {
    Snapshot now = parsed(service.get("/v1/snapshot"));

    Answer changes = service.get("/v1/changes?since=" + now.serial());

    assertThat(changes.text().lines().toList()).hasSize(7).allMatch(line -> line.startsWith("# "));
  }

  @Test
  void serialsThatCannotBeServedAreGone() {
    Answer ahead = service.get("/v1/changes?since=123456789");

    assertThat(ahead.status()).isEqualTo(410);
    assertThat(ahead.json().path("detail").asText()).contains("123456789", "/v1/snapshot");
  }
}
