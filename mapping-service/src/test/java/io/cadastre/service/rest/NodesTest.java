/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may report about which node, over a real service. Three seconds. */
class NodesTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final String REPORT =
      """
      {"ledger":"%s","serial":%d,"digest":"%s","applied":"2026-03-01T12:00:00Z",
       "mode":"files","held":2,"version":"0.1.0","head":"9 %3$s","findings":["local zoe: met"]}
      """;
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir static Path dir;
  private static Service service;
  private static String auditor;
  private static String one;
  private static String several;
  private static String body;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service = Service.closed(dir, "{bootstrapTokenFile: %s}".formatted(file));
    service.as(BOOTSTRAP.text(), "PUT", "/v1/owners/zoe", Service.identity(1001, "id-zoe"));
    auditor = make("auditor", "auditor", "");
    one = make("one", "node", ",\"nodes\":\"n1.example.org\"");
    several = make("several", "node", ",\"nodes\":\"n*.example.org\"");
    JsonNode nodes = service.as(auditor, "GET", "/v1/nodes", "").json();
    body = REPORT.formatted(nodes.path("ledger").asText(), nodes.path("serial").asLong(), DIGEST);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String make(String name, String role, String more) {
    return service
        .as(
            BOOTSTRAP.text(),
            "POST",
            "/v1/admin/tokens",
            "{\"name\":\"%s\",\"role\":\"%s\"%s}".formatted(name, role, more))
        .json()
        .path("secret")
        .asText();
  }

  private static Answer put(String token, String node, String text) {
    return service.as(token, "PUT", "/v1/nodes/" + node + "/report", text);
  }

  private static JsonNode of(String node) {
    return service.as(auditor, "GET", "/v1/nodes/" + node, "").json();
  }

  @Test
  void theTokenOfOneNodeIsVerifiedAndThatOfSeveralIsNot() {
    assertThat(put(one, "n1.example.org", body).status()).isEqualTo(204);
    JsonNode own = of("N1.example.org");
    assertThat(own.path("unverified").asBoolean(true)).isFalse();
    assertThat(own.path("credential").asText()).isEqualTo("one");
    assertThat(own.path("current").asBoolean()).isTrue();
    assertThat(own.path("age").asLong()).isBetween(0L, 60L);
    assertThat(own.path("findings").get(0).asText()).isEqualTo("local zoe: met");
    assertThat(own.path("head").asText()).isEqualTo("9 " + DIGEST);

    assertThat(put(several, "n1.example.org", body).status()).isEqualTo(204);
    assertThat(of("n1.example.org").path("unverified").asBoolean()).isTrue();
    assertThat(put(BOOTSTRAP.text(), "n1.example.org", body).status()).isEqualTo(204);
    assertThat(of("n1.example.org").path("unverified").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2.example.org",
        "n1.example.org.evil.net",
        "n1-example.org",
        "xn1.example.org",
        "n1",
        "n1%2Eexample.net",
      })
  void aNodeOutsideOfThePatternIsOutOfScope(String node) {
    Answer refused = put(one, node, body);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.problem()).isEqualTo("out-of-scope");
    assertThat(refused.json().path("detail").asText())
        .contains("one is for the nodes n1.example.org");
  }

  /** The filter and the resource read the same name. */
  @ParameterizedTest
  @ValueSource(strings = {"%4E1.example.org", "N1.EXAMPLE.ORG", "n1%2Eexample%2eorg"})
  void anEncodedNameIsTheSameNode(String node) {
    assertThat(put(one, node, body).status()).isEqualTo(204);
    assertThat(of("n1.example.org").path("node").asText()).isEqualTo("n1.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "n1.example.org;x=1, 400",
    "n1.example.org%3Bx=1, 400",
    "n1.example.org%00, 400",
    "n1.example.org%0A, 400",
    "n1.example.org%E2%84%AA, 400",
    "n1.example.org., 400",
    "n1.example.org%2F..%2Fn2.example.org, 400",
    "n2.example.org%2F..%2Fn1.example.org, 400",
    "%2e%2e, 400",
    "n1.example.org%, 400",
    "n1.example.org/x/.., 403",
    "../nodes/n1.example.org, 403",
    "/n1.example.org, 400",
  })
  void anOddNameIsRefusedBeforeTheResource(String node, int status) {
    String answer =
        service.raw(
            """
                    PUT /v1/nodes/%s/report HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    %s"""
                .formatted(node, one, body.length(), body));
    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(answer).doesNotContain("HTTP/1.1 404").contains(status == 403 ? " 403 " : " 400 ");
  }

  @Test
  void noHeaderSaysWhoReports() {
    String path = "/v1/nodes/n7.example.org/report";
    for (String header :
        List.of(
            "X-Node", "X-Forwarded-User", "X-Client-Verify", "X-SSL-Client-S-DN", "Forwarded")) {
      Answer refused =
          service.send(
              "PUT", path, body, "Authorization", "Bearer " + one, header, "host=n7.example.org");
      assertThat(refused.problem()).isEqualTo("out-of-scope");
      service.send(
          "PUT", path, body, "Authorization", "Bearer " + several, header, "for=n7.example.org");
      assertThat(of("n7.example.org").path("unverified").asBoolean()).isTrue();
    }
  }

  @Test
  void onlyNodesAndAdminsReport() {
    assertThat(put(auditor, "n1.example.org", body).problem()).isEqualTo("forbidden");
    assertThat(service.as(one, "GET", "/v1/nodes", "").problem()).isEqualTo("forbidden");
    assertThat(service.as(one, "GET", "/v1/nodes/n1.example.org", "").problem())
        .isEqualTo("forbidden");
    assertThat(service.as(auditor, "GET", "/v1/nodes/none.example.org", "").problem())
        .isEqualTo("unknown-node");
  }

  @Test
  void aPageContinuesAfterItsLastNode() {
    for (String node : List.of("na", "nb", "nc")) {
      assertThat(put(several, node + ".example.org", body).status()).isEqualTo(204);
    }
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = service.as(auditor, "GET", "/v1/nodes?limit=1&cursor=" + cursor, "").json();
      page.path("nodes").forEach(node -> all.add(node.path("node").asText()));
      cursor = page.path("next").asText();
    } while (!cursor.isEmpty());
    assertThat(all).contains("na.example.org", "nb.example.org", "nc.example.org").isSorted();
    assertThat(service.as(auditor, "GET", "/v1/nodes?cursor=a/b", "").problem())
        .isEqualTo("bad-request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"serial\":[0-9]+ | \"serial\":-1",
        "\"serial\":[0-9]+ | \"serial\":\"1\"",
        "\"serial\":[0-9]+, | ''",
        "\"ledger\":\"[^\"]+\" | \"ledger\":\"1-1-1-1-1\"",
        "\"ledger\":\"[^\"]+\" | \"ledger\":\"zoe\"",
        "\"digest\":\"01 | \"digest\":\"X1",
        "2026-03 | 1026-03",
        "2026-03 | +1000000-03",
        "2026-03-01T12:00:00Z | now",
        "files | both",
        "\"held\":2 | \"held\":-2",
        "\"held\":2 | \"held\":9999999999",
        "0\\.1\\.0 | 0 1",
        "\"head\":\"9 | \"head\":\"09",
        "local zoe | \\\\u001b[31m",
        "local zoe | \\\\ud800",
        "\"local zoe: met\" | null",
        "\"local zoe: met\" | 1",
        "\"local zoe: met\" | \"\"",
        "\"mode\" | \"findingCount\":0,\"mode\"",
        "\"findings\":[^}]+ | \"findingCount\":1",
        "\"mode\" | \"node\":\"n1\",\"mode\"",
        "(?s).+ | []",
        "(?s).+ | x",
        "(?s).+ | ''",
      })
  void anOddBodyIsRefused(String from, String to) {
    String odd = body.replaceFirst(from, to);
    assertThat(odd).isNotEqualTo(body);
    Answer refused = put(one, "n1.example.org", odd);
    assertThat(refused.problem()).as(refused.toString()).isEqualTo("bad-request");
  }

  @Test
  void findingsAreBounded() {
    String line = "\"" + "x".repeat(300) + "\"";
    String ten = String.join(",", Collections.nCopies(10, line));
    String own = "\"local zoe: met\"";
    assertThat(put(one, "n1.example.org", body.replace(own, ten)).status()).isEqualTo(204);
    assertThat(of("n1.example.org").path("findings")).hasSize(10);
    assertThat(put(one, "n1.example.org", body.replace(own, ten + "," + line)).problem())
        .isEqualTo("bad-request");
    assertThat(put(one, "n1.example.org", body.replace(own, "\"x" + line.substring(1))).problem())
        .isEqualTo("bad-request");
  }
}
