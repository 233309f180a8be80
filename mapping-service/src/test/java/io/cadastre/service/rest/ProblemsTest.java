/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static io.cadastre.service.rest.Service.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.rest.Service.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure is a problem document and changes nothing. */
class ProblemsTest {
  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service =
        Service.ofCaller(
            directory,
            """
            pools:
              - {name: tiny, segments: [{first: 1001062400, last: 1001193471}]}
              - {name: spare, segments: [{first: 1002438656, last: 1002569727}]}
            """);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | bad-request",
        "[] | bad-request",
        "\"zoe\" | bad-request",
        "{\"uidNumber\":1,\"gidNumber\":1}{} | bad-request",
        "{\"uidNumber\":1,\"uidNumber\":2,\"gidNumber\":1} | bad-request",
        "{\"uidnumber\":1,\"gidNumber\":1} | bad-request",
        "{\"uidNumber\":\"1\",\"gidNumber\":1} | bad-request",
        "{\"uidNumber\":1.5,\"gidNumber\":1} | bad-request",
        "{\"uidNumber\":true,\"gidNumber\":1} | bad-request",
        "{\"uidNumber\":99999999999999999999,\"gidNumber\":1} | bad-request",
        "{\"uidNumber\":1,\"gidNumber\":1,\"stableId\":5} | bad-request",
        "{\"uidNumber\":1,\"gidNumber\":1,\"pool\":[]} | bad-request",
        "{\"uidNumber\":1} | bad-request",
        "{\"stableId\":\"x\"} | bad-request",
        "{} | bad-request",
        "null | bad-request",
        "{\"uidNumber\":0,\"gidNumber\":1} | invalid-identity",
        "{\"uidNumber\":65534,\"gidNumber\":1} | invalid-identity",
        "{\"uidNumber\":-1,\"gidNumber\":1} | invalid-identity",
        "{\"uidNumber\":4294967295,\"gidNumber\":1} | invalid-identity",
        "{\"uidNumber\":1,\"gidNumber\":4294967295} | invalid-identity",
        "{\"uidNumber\":1,\"gidNumber\":1,\"stableId\":\"\"} | invalid-identity",
        "{\"uidNumber\":1,\"gidNumber\":1,\"stableId\":\"a\\nb\"} | invalid-identity",
        "{\"uidNumber\":1,\"gidNumber\":1,\"stableId\":\"\\ud800\"} | invalid-identity",
        "{\"uidNumber\":1,\"gidNumber\":1,\"dn\":\"nonsense\"} | invalid-identity",
        "{\"uidNumber\":1,\"gidNumber\":1,\"pool\":\"none\"} | unknown-pool",
      })
  void badBodiesAreRefused(String body, String problem) {
    long before = service.events();

    Answer answer = service.put("/v1/owners/bad", body);

    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.json().path("detail").asText()).doesNotContain("cadastre.service", "java.");
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void unknownFieldsAreNamed() {
    Answer answer = service.put("/v1/owners/bad", "{\"uid\":1}");

    assertThat(answer.json().path("detail").asText())
        .contains("\"uid\"", "dn, gidNumber, pool, reinstate, stableId, uidNumber");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nope, 404, not-found",
    "GET, /v1, 404, not-found",
    "GET, /v1/owners, 404, not-found",
    "GET, /v1/ids/other/5, 404, not-found",
    "POST, /v1/owners/zoe, 405, method-not-allowed",
    "DELETE, /v1/snapshot, 405, method-not-allowed",
    "PATCH, /v1/owners/zoe, 405, method-not-allowed",
    "GET, /v1/ids/subuid/abc, 400, bad-request",
    "GET, /v1/ids/subuid/-1, 400, bad-request",
    "GET, /v1/ids/subuid/4294967295, 400, bad-request",
    "GET, /v1/ids/subgid/99999999999999999999, 400, bad-request",
    "GET, /v1/ids/subuid/5?at=yesterday, 400, bad-request",
    "GET, /v1/ids/subuid/5?at=2999-01-01T00:00:00Z, 400, bad-request",
    "GET, /v1/ids/subuid/5?at=+999999999-12-31T23:59:59Z, 400, bad-request",
    "GET, /v1/ids/subuid/5?at=-999999999-01-01T00:00:00Z, 410, history-unknown",
    "GET, /v1/owners/zoe/contains, 400, bad-request",
    "GET, /v1/owners/zoe/contains?type=subuid&start=1, 400, bad-request",
    "GET, /v1/owners/zoe/contains?type=uid&start=1&count=1, 400, bad-request",
    "GET, /v1/owners/zoe/contains?type=subuid&start=1&count=0, 400, bad-request",
    "GET, /v1/owners/zoe/contains?type=subuid&start=4294967294&count=2, 400, bad-request",
    "GET, /v1/owners/nobody/contains?type=subuid&start=1&count=1, 404, unknown-owner",
    "GET, /v1/allocations?limit=0, 400, bad-request",
    "GET, /v1/allocations?limit=1001, 400, bad-request",
    "GET, /v1/allocations?limit=x, 400, bad-request",
    "GET, /v1/allocations?cursor=x, 400, bad-request",
    "GET, /v1/allocations?state=gone, 400, bad-request",
    "GET, /v1/allocations?pool=none, 404, unknown-pool",
    "GET, /v1/allocations?owner=1001, 400, invalid-name",
    "GET, /v1/allocations?from=9&to=8, 400, bad-request",
    "GET, /v1/pools/none, 404, unknown-pool",
    "GET, /v1/pools/%0A, 404, unknown-pool",
    "GET, /v1/events?after=-1, 400, bad-request",
    "GET, /v1/events?limit=1001, 400, bad-request",
    "GET, /v1/events?owner=%0A, 400, invalid-name",
    "GET, /v1/subuid?owner=gid, 400, bad-request",
    "GET, /v1/changes, 400, bad-request",
    "GET, /v1/changes?since=x, 400, bad-request",
    "GET, /v1/changes?since=999999, 410, serial-too-old",
    "POST, /v1/owners/zoe/supersede, 400, reason-missing",
    "POST, /v1/owners/zoe/rebind, 400, reason-missing",
    "PUT, /v1/owners/zoe, 400, bad-request",
  })
  void everyRefusalIsAProblem(String method, String path, int status, String problem) {
    long before = service.events();

    Answer answer = service.send(method, path, "");

    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void farPastIsBeforeTheHistory() {
    long start = service.allocate("full1", 8001).at("/allocation/subuid/start").asLong();

    String path = "/v1/ids/subuid/" + start + "?at=-999999999-01-01T00:00:00Z";
    assertThat(service.get(path).problem()).isEqualTo("history-unknown");
  }

  @Test
  void missingTypeIsSaidToBeMissing() {
    assertThat(
            service.get("/v1/owners/zoe/contains?start=1&count=1").json().path("detail").asText())
        .contains("type is missing", "subuid or subgid");
  }

  @Test
  void valueIsNotCutInsideACharacter() {
    Answer answer = service.get("/v1/events?limit=" + "a".repeat(59) + "%F0%9F%98%80");

    assertThat(answer.json().path("detail").asText()).contains("a\uD83D\uDE00\"");
  }

  @Test
  void wrongMethodNamesTheRightOnes() {
    assertThat(service.delete("/v1/pools").header("Allow")).contains("GET");
  }

  @Test
  void wrongMediaTypesAreRefused() {
    String body = identity(1, "x");

    assertThat(service.send("PUT", "/v1/owners/bad", body, "Content-Type", "text/plain").problem())
        .isEqualTo("unsupported-media-type");
    assertThat(service.post("/v1/owners/batch", "{}").problem())
        .isEqualTo("unsupported-media-type");
    assertThat(service.get("/v1/pools", "Accept", "text/html").problem())
        .isEqualTo("not-acceptable");
    assertThat(
            service.request("/v1/owners/bad", r -> r.PUT(BodyPublishers.ofString(body))).problem())
        .isEqualTo("unsupported-media-type");
  }

  @Test
  void largeBodiesAreRefusedHoweverTheyCome() throws IOException {
    long before = service.events();
    String large = "{\"pool\":\"" + "x".repeat(70_000) + "\"}";
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(large.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(service.put("/v1/owners/big", large).problem()).isEqualTo("too-large");
    assertThat(
            service
                .request(
                    "/v1/owners/big",
                    r ->
                        r.PUT(BodyPublishers.ofByteArray(zipped.toByteArray()))
                            .header("Content-Type", "application/json")
                            .header("Content-Encoding", "gzip"))
                .problem())
        .isEqualTo("too-large");
    assertThat(
            service
                .request(
                    "/v1/owners/big",
                    r ->
                        r.PUT(
                                BodyPublishers.ofInputStream(
                                    () ->
                                        new ByteArrayInputStream(
                                            large.getBytes(StandardCharsets.UTF_8))))
                            .header("Content-Type", "application/json"))
                .problem())
        .isEqualTo("too-large");
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void deeplyNestedBodiesAreRefused() {
    assertThat(service.put("/v1/owners/deep", "[".repeat(30_000)).problem())
        .isEqualTo("bad-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\n\n",
        "GET /v1/pools HTTP/1.1\n\n",
        "GET /v1/pools HTTP/1.1\nHost: localhost\nHost: y\n\n",
        "GET /v1/po ols HTTP/1.1\nHost: localhost\nConnection: close\n\n",
        "BREW /v1/pools HTTP/1.1\nHost: localhost\nConnection: close\n\n",
        "TRACE /v1/pools HTTP/1.1\nHost: localhost\nConnection: close\n\n",
        "GET /v1/pools HTTP/1.1\nHost: localhost\nAccept: ;;;\nConnection: close\n\n",
        """
        POST /v1/audit HTTP/1.1
        Host: localhost
        Content-Length: 1
        Transfer-Encoding: chunked

        0

        """,
        """
        PUT /v1/owners/cut HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: 100
        Connection: close

        {""",
        """
        PUT /v1/owners/zip HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Encoding: gzip
        Content-Length: 3
        Connection: close

        abc""",
        """
        PUT /v1/owners/mime HTTP/1.1
        Host: localhost
        Content-Type: /;=
        Content-Length: 2
        Connection: close

        {}""",
      })
  void whatTheContainerRefusesIsAProblemToo(String request) {
    long before = service.events();

    String answer = service.raw(request.replace("\n", "\r\n"));

    assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(answer)
        .contains("Content-Type: application/problem+json", "X-Content-Type-Options: nosniff")
        .contains("\"type\":\"urn:cadastre:problem:", "X-Request-Id: ");
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void longUrisAndHeadersAreProblems() {
    assertThat(service.raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains("urn:cadastre:problem:uri-too-long");
    assertThat(
            service.raw("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + "a".repeat(9000) + "\r\n\r\n"))
        .contains("urn:cadastre:problem:headers-too-large");
  }

  @Test
  void bodyThatIsNotThereNeedsNoMediaType() {
    String request =
        """
        POST /v1/audit HTTP/1.1
        Host: localhost
        Connection: close
        Content-Length: 0
        Content-Type: application/x-www-form-urlencoded

        """;

    String answer = service.raw(request.replace("\n", "\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void fullPoolIsNamedWithItsSize() {
    service.allocate("full1", 8001);
    service.allocate("full2", 8002);
    long before = service.events();

    Answer full = service.put("/v1/owners/full3", identity(8003, "full3"));

    assertThat(full.problem()).isEqualTo("pool-full");
    assertThat(full.status()).isEqualTo(409);
    assertThat(full.json().path("detail").asText()).contains("pool tiny", "2 slots", "65536");
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void anotherPoolIsRefused() {
    String other = identity(8101, "o").replace("}", ",\"pool\":\"spare\"}");
    assertThat(service.put("/v1/owners/other", other).status()).isEqualTo(201);

    Answer answer = service.put("/v1/owners/other", other.replace("spare", "tiny"));

    assertThat(answer.problem()).isEqualTo("other-pool");
  }

  @Test
  void reusedIdentitiesAreRefused() {
    String first = identity(8201, "first").replace("}", ",\"pool\":\"spare\"}");
    service.put("/v1/owners/reused", first);

    assertThat(service.put("/v1/owners/reused", identity(8201, "second")).problem())
        .isEqualTo("identity-changed");
    assertThat(service.put("/v1/owners/reused", "{\"uidNumber\":8299,\"gidNumber\":1}").problem())
        .isEqualTo("identity-reused");
  }

  @Test
  void longOrForgedReasonsAreRefused() {
    for (String reason : new String[] {"x".repeat(1001), "a\\nb"}) {
      assertThat(
              service.post("/v1/owners/zoe/supersede", "{\"reason\":\"" + reason + "\"}").problem())
          .isEqualTo("bad-request");
    }
    assertThat(service.post("/v1/owners/zoe/supersede", "{\"reason\":\"  \"}").problem())
        .isEqualTo("reason-missing");
  }
}
