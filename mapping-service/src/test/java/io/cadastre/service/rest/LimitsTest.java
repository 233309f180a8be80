/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rates, the client's address and the log of refused requests, over a real service that trusts the
 * proxy 127.0.0.1 and logs to files. Four seconds.
 */
class LimitsTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final String JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

  @TempDir static Path dir;
  private static Service service;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service =
        Service.limited(
            dir,
            "{bootstrapTokenFile: %s, trustedProxies: [127.0.0.1, 10.0.0.0/8]}".formatted(file),
            """
            limits:
              credential: {burst: 60, perSecond: 1}
              address: {burst: 1000, perSecond: 1}
              failures: {burst: 20, perSecond: 1}
            """);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String token(String name, String role) {
    return service
        .as(
            BOOTSTRAP.text(),
            "POST",
            "/v1/admin/tokens",
            "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role))
        .json()
        .path("secret")
        .asText();
  }

  private static Answer from(String address, String token, String path) {
    return service.get(path, "Authorization", "Bearer " + token, "Forwarded", "for=" + address);
  }

  private static String log() throws IOException {
    return Files.readString(dir.resolve("service.log"));
  }

  @Test
  void aCredentialThatAsksTooOftenIsToldWhenToAskAgain() {
    String eager = token("eager", "admin");
    Answer refused = from("192.0.2.1", eager, "/v1/pools");
    assertThat(refused.status()).isEqualTo(200);
    for (int i = 0; i < 500 && refused.status() == 200; i++) {
      refused = from("192.0.2.1", eager, "/v1/pools");
    }
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).isEqualTo("too-many-requests");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.json().path("detail").asText()).contains("eager", "1 s");
    assertThat(
            service.as(eager, "PUT", "/v1/owners/zoe", Service.identity(1100, "id-zoe")).problem())
        .isEqualTo("too-many-requests");
    // what nodes read is not counted, and nobody else is kept out
    for (String path : List.of("/v1/snapshot", "/v1/subuid", "/v1/changes?since=0")) {
      assertThat(from("192.0.2.1", eager, path).status()).as(path).isEqualTo(200);
    }
    String other = token("other", "admin");
    assertThat(from("192.0.2.1", other, "/v1/pools").status()).isEqualTo(200);
    assertThat(from("192.0.2.1", other, "/v1/owners/zoe").status()).isEqualTo(404);
  }

  @Test
  void aGuesserIsSlowedAndKeepsNoValidCredentialOut() {
    String good = token("neighbour", "auditor");
    Answer refused = from("192.0.2.9", "wrong", "/v1/snapshot");
    assertThat(refused.status()).isEqualTo(401);
    for (int i = 0; i < 500 && refused.status() == 401; i++) {
      String guess = TokenText.random(new SecureRandom()).text();
      refused = from("192.0.2.9", guess, "/v1/snapshot");
    }
    assertThat(refused.problem()).isEqualTo("too-many-requests");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(from("192.0.2.9", good, "/v1/pools").status()).isEqualTo(200);
    assertThat(from("192.0.2.10", "wrong", "/v1/pools").status()).isEqualTo(401);
  }

  @Test
  void theClientIsTheOneThatATrustedProxyNames() throws IOException {
    assertThat(from("203.0.113.77, for=10.0.0.4", "wrong", "/v1/pools").status()).isEqualTo(401);
    // The appenders write in threads of their own.
    await().untilAsserted(() -> assertThat(log()).contains("GET /v1/pools from 203.0.113.77: "));
    // X-Forwarded-For is not looked at
    service.get("/v1/allocations", "X-Forwarded-For", "203.0.113.78");
    await().untilAsserted(() -> assertThat(log()).contains("GET /v1/allocations from 127.0.0.1: "));
    assertThat(log()).doesNotContain("203.0.113.78");
    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(dir.resolve("request.log"))).contains("203.0.113.77"));
  }

  @Test
  void aRefusedRequestIsCountedAndHasItsId() throws IOException {
    long before = count("unauthenticated");
    Answer refused =
        service.get("/v1/pools", "Forwarded", "for=192.0.2.70", "X-Request-Id", "my-request-1");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("X-Request-Id")).isEqualTo("my-request-1");
    assertThat(refused.json().path("requestId").asText()).isEqualTo("my-request-1");
    assertThat(count("unauthenticated")).isEqualTo(before + 1);
    Answer ofAdmin = service.adminAs("GET", "/metrics", "X-Request-Id", "my-request-2");
    assertThat(ofAdmin.problem()).isEqualTo("unauthenticated");
    assertThat(ofAdmin.header("X-Request-Id")).isEqualTo("my-request-2");
  }

  private static long count(String code) {
    return service
        .adminAs("GET", "/metrics", "Authorization", "Bearer " + BOOTSTRAP.text())
        .json()
        .path("counters")
        .path("cadastre.refused." + code)
        .path("count")
        .asLong();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "jwt"})
  void noLogAndNoAnswerHasASecretWhereverItWasSent(String kind) throws Exception {
    String secret = kind.equals("jwt") ? JWT : TokenText.random(new SecureRandom()).text();
    String end = secret.substring(secret.length() - 12);
    String proxied = "for=192.0.2.80";
    for (Answer answer :
        List.of(
            service.get("/v1/pools?access_token=" + secret, "Forwarded", proxied),
            service.get("/v1/pools?x=1&Access_Token=plain-" + end, "Forwarded", proxied),
            service.as(BOOTSTRAP.text(), "GET", "/v1/pools?access_token=" + secret, ""),
            service.as(BOOTSTRAP.text(), "GET", "/v1/owners/" + secret, ""),
            service.get("/v1/owners/" + secret, "Forwarded", proxied),
            service.get(
                "/v1/owners/" + secret.replace("_", "%5F").replace(".", "%2e"),
                "Forwarded",
                proxied),
            service.get("/v1/pools", "Forwarded", proxied, "X-Request-Id", secret),
            service.get("/v1/pools", "Forwarded", proxied, "Origin", "http://" + secret),
            service.get("/v1/pools", "Forwarded", proxied, "Authorization", secret),
            service.get("/v1/pools", "Forwarded", proxied, "Authorization", "Token " + secret),
            service.get("/v1/pools", "Forwarded", proxied, "Authorization", "Bearer" + secret),
            service.get("/v1/pools", "Forwarded", proxied, "Authorization", "Bearer  x " + secret),
            service.get("/v1/pools", "Forwarded", proxied, "Authorization", "bearer " + secret),
            service.get("/v1/pools", "Forwarded", proxied, "Cookie", "token=" + secret))) {
      assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
      assertThat(answer.text()).doesNotContain(end);
    }
    String raw =
        service.raw(
            "GET /v1/pools?access_token=%s HTTP/1.1\r\nHost: localhost\r\nBad Field: %1$s\r\n\r\n"
                .formatted(secret));
    assertThat(raw).startsWith("HTTP/1.1 4").doesNotContain(end);
    Thread.sleep(300); // the request log is written after the answer
    assertThat(Files.readString(dir.resolve("request.log")))
        .contains("access_token=left-out")
        .doesNotContain(end);
    assertThat(log()).contains("refused (unauthenticated)").doesNotContain(end);
  }

  @Test
  void tokensInAnyPlaceOfAUriAreLeftOut() throws Exception {
    String jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ6b2Ui%d.c2lnbmF0dXJl%1$d";
    List<String> uris =
        List.of(
            "/v1/owners/Bearer%20" + jwt.formatted(71),
            "/v1/owners/" + jwt.formatted(72),
            "/v1/pools?x=" + jwt.formatted(73),
            "/v1/pools?eyJ=" + jwt.formatted(74).replace(".", "%2E"),
            "/v1/pools?x=Bearer" + jwt.formatted(78),
            "/v1/pools?Api-Token=secret75&b=2&password=secret76",
            "/v1/pools?token=&last=77");
    for (String uri : uris) {
      String unused = service.raw("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(uri));
    }
    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(dir.resolve("request.log")))
                    .contains("Api-Token=left-out&b=2&password=left-out", "token=&last=77"));
    assertThat(Files.readString(dir.resolve("request.log")) + log())
        .doesNotContain("b2Ui7", "dXJl7", "secret7");
  }

  @Test
  void requestsWithAQueryThatCannotBeDecodedAreLogged() throws Exception {
    String many = "a&".repeat(2_000);
    for (String query : List.of("first=%zz", "second=%ff", "third=%", many + "fourth")) {
      assertThat(
              service.raw("GET /v1/pools?%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(query)))
          .startsWith("HTTP/1.1 4");
    }
    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(dir.resolve("request.log")))
                    .contains("first=%25zz", "second=%25ff", "third=%25", "fourth"));
  }
}
