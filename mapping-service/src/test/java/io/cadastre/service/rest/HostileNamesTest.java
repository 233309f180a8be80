/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static io.cadastre.service.rest.Service.identity;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests go over a bare socket, as no client would send half of them. */
@Tag("slow")
class HostileNamesTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cadastre.root"))
          .resolve("subid-core/src/test/resources/name-vectors.txt");
  private static final String CLOSE = "Host: localhost\r\nConnection: close\r\n";

  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    // _apt is a vector: the rule for names is not that for reserved names
    service = Service.ofCaller(directory, Service.DEFAULT_POOL + "reservedNames: []\n");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private record Vector(boolean accept, String hex) {
    byte[] name() {
      return HexFormat.of().parseHex(hex);
    }

    /** Every byte percent-encoded. */
    String encoded() {
      return hex.replaceAll("(..)", "%$1");
    }
  }

  private static List<Vector> vectors() throws IOException {
    try (Stream<String> lines = Files.lines(VECTORS)) {
      return lines
          .filter(line -> line.startsWith("accept\t") || line.startsWith("refuse\t"))
          .map(line -> line.split("\t", -1))
          .map(f -> new Vector(f[0].equals("accept"), f[2]))
          .toList();
    }
  }

  private static String put(String path, String body) {
    return service.raw(
        "PUT %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, CLOSE, body.length(), body));
  }

  private static String get(String path) {
    return service.raw("GET %s HTTP/1.1\r\n%s\r\n".formatted(path, CLOSE));
  }

  private static void assertIsProblem(String answer) throws IOException {
    assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(answer).contains("\r\nContent-Type: application/problem+json\r\n");
    JsonNode problem = Service.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.path("type").asText()).startsWith("urn:cadastre:problem:");
    assertThat(problem.path("detail").asText()).hasSizeGreaterThan(10);
  }

  @Test
  void everyRefusedVectorIsAProblemAndChangesNothing() throws IOException {
    long before = service.events();
    for (Vector vector : vectors()) {
      if (!vector.accept()) {
        String path = "/v1/owners/" + vector.encoded();
        assertIsProblem(put(path, identity(5000, "hostile")));
        assertIsProblem(service.raw("DELETE %s HTTP/1.1\r\n%s\r\n".formatted(path, CLOSE)));
        // a GET may ask for a uid
        if (vector.name().length > 0 && !Character.isDigit(vector.name()[0])) {
          assertIsProblem(get(path));
        }
      }
    }
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void everyAcceptedVectorIsAllocatedUnderItsOwnBytes() throws IOException {
    long uid = 10_000;
    for (Vector vector : vectors()) {
      if (vector.accept()) {
        uid++;
        String name = new String(vector.name(), StandardCharsets.UTF_8);
        String answer = put("/v1/owners/" + vector.encoded(), identity(uid, "v" + uid));

        assertThat(answer).matches("(?s)HTTP/1.1 201 .*");
        JsonNode granted = Service.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(granted.at("/owner/name").asText()).isEqualTo(name);
        assertThat(service.get("/v1/owners/" + uid).json().at("/owner/name").asText())
            .isEqualTo(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/owners/a:0:65536",
        "/v1/owners/..%2Fx",
        "/v1/owners/%2e%2e",
        "/v1/owners/..",
        "/v1/owners/../../etc",
        "/v1/owners/.%2e%2f",
        "/v1/owners/",
        "/v1/owners//",
        "/v1/owners/a;b",
        "/v1/owners/a;pool=x/supersede",
        "/v1/owners/a b",
        "/v1/owners/a%",
        "/v1/owners/a%2",
        "/v1/owners/a%zz",
        "/v1/owners/a%0Aroot%3A0%3A4294967295",
        "/v1/owners/%EF%BF%BD%00",
        "/v1/owners/%u0061",
        "/v1/owners/a|b",
        "/v1/owners/a\"b",
        "/v1/owners/{name}",
        "/v1/owners/%7Bname%7D%2F",
        "/v1/owners/1001",
      })
  void malformedPathsAreProblemsAndChangeNothing(String path) throws IOException {
    long before = service.events();

    assertIsProblem(put(path, identity(5001, "path")));
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void plusIsAPlusInAPath() {
    assertThat(put("/v1/owners/a+b", identity(6001, "plus")))
        .startsWith("HTTP/1.1 201 ")
        .contains("\"name\":\"a+b\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"**", "a*)(uid=*", "(|(uid=a)", "\\2a", "uid=x,dc=y"})
  void filterCharactersAreMereUnknownNames(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);

    assertThat(service.get("/v1/owners/" + encoded).problem()).isEqualTo("unknown-owner");
    assertThat(service.get("/v1/allocations?owner=" + encoded).json().path("allocations").size())
        .isZero();
  }

  @Test
  void accountsMayBeNamedAsAPathIs() {
    int uid = 7000;
    for (String name : List.of("batch", "contains", "supersede", "rebind", "snapshot")) {
      uid++;
      assertThat(service.put("/v1/owners/" + name, identity(uid, "n" + uid)).status())
          .isEqualTo(201);
      assertThat(service.get("/v1/owners/" + name).json().at("/owner/uidNumber").asInt())
          .isEqualTo(uid);
      assertThat(service.delete("/v1/owners/" + name).status()).isEqualTo(204);
    }
  }

  @Test
  void hostileNamesInBatchesAreRefusedLines() throws IOException {
    long before = service.events();
    StringBuilder lines = new StringBuilder();
    int refused = 0;
    for (Vector vector : vectors()) {
      String name = new String(vector.name(), StandardCharsets.UTF_8);
      boolean whole = Arrays.equals(name.getBytes(StandardCharsets.UTF_8), vector.name());
      if (!vector.accept() && whole) {
        refused++;
        lines
            .append(
                Service.JSON.writeValueAsString(
                    Map.of("name", name, "uidNumber", 1, "gidNumber", 1)))
            .append('\n');
      }
    }

    String answer =
        service
            .send(
                "POST",
                "/v1/owners/batch",
                lines.toString(),
                "Content-Type",
                "application/x-ndjson")
            .text();

    assertThat(answer.lines().toList())
        .hasSize(refused)
        .allMatch(line -> line.contains("urn:cadastre:problem:invalid-name"));
    assertThat(service.events()).isEqualTo(before);
  }
}
