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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of tokens, over a real service. Two seconds. */
@Tag("slow")
class TokensTest {
  private static final String TOKENS = "/v1/admin/tokens";
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());

  @TempDir static Path dir;
  private static Service service;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service = Service.closed(dir, "{bootstrapTokenFile: %s}".formatted(file));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Answer admin(String method, String path, String body) {
    return service.as(BOOTSTRAP.text(), method, path, body);
  }

  private static String make(String name, String role, String more) {
    Answer made =
        admin("POST", TOKENS, "{\"name\":\"%s\",\"role\":\"%s\"%s}".formatted(name, role, more));
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    return made.json().path("secret").asText();
  }

  @Test
  void aTokenIsMadeUsedAndRevoked() {
    String token = make("reader", "auditor", "");
    assertThat(TokenText.parse(token)).isPresent();
    assertThat(service.as(token, "GET", "/v1/pools", "").status()).isEqualTo(200);
    Answer forbidden = service.as(token, "PUT", "/v1/owners/zoe", Service.identity(1001, "id-1"));
    assertThat(forbidden.problem()).isEqualTo("forbidden");

    Answer revoked = admin("POST", TOKENS + "/reader/revoke", "{\"reason\":\"left\"}");

    assertThat(revoked.json().path("state").asText()).isEqualTo("revoked");
    Answer refused = service.as(token, "GET", "/v1/pools", "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.problem()).isEqualTo("unauthenticated");
    assertThat(refused.json().path("detail").asText()).contains("reader is revoked");
  }

  @Test
  void itsEventsNameTheTokenWithoutItsSecret() {
    String bound = make("bound-hook", "provisioner", ",\"uids\":\"1000-1999\"");
    Answer outOfScope =
        service.as(bound, "PUT", "/v1/owners/ann", Service.identity(2100, "id-ann"));
    assertThat(outOfScope.status()).isEqualTo(403);
    assertThat(outOfScope.problem()).isEqualTo("out-of-scope");
    String token = make("hook", "provisioner", ",\"uids\":\"1000-59999\"");
    assertThat(
            service.as(token, "PUT", "/v1/owners/ann", Service.identity(1100, "id-ann")).status())
        .isEqualTo(201);

    Answer log = admin("GET", "/v1/events?limit=1000", "");

    List<JsonNode> events = new ArrayList<>();
    log.json().path("events").forEach(events::add);
    assertThat(events)
        .anySatisfy(
            event -> {
              assertThat(event.path("kind").asText()).isEqualTo("make-token");
              assertThat(event.path("actor").asText()).isEqualTo("bootstrap");
              assertThat(event.path("after").path("name").asText()).isEqualTo("bound-hook");
              assertThat(event.path("after").path("uids").asText()).isEqualTo("1000-1999");
            })
        .anySatisfy(
            event -> {
              assertThat(event.path("kind").asText()).isEqualTo("allocate");
              assertThat(event.path("actor").asText()).isEqualTo("hook");
              assertThat(event.path("role").asText()).isEqualTo("provisioner");
              assertThat(event.path("credential").asText())
                  .isEqualTo("token " + TokenText.parse(token).orElseThrow().id());
            });
    String secret = token.substring(token.indexOf('_', TokenText.PREFIX.length()) + 1);
    assertThat(log.text())
        .doesNotContain(secret)
        .doesNotContain(TokenText.parse(token).orElseThrow().hash());
    Answer list = admin("GET", TOKENS, "");
    assertThat(list.text())
        .contains("\"hook\"")
        .doesNotContain(secret)
        .doesNotContain(TokenText.parse(token).orElseThrow().hash());
    // the export of this log can be verified, and the tables equal the events
    assertThat(admin("POST", "/v1/admin/verify-ledger", "").json().path("equal").asBoolean())
        .isTrue();
  }

  @Test
  void aSuspendedTokenNeedsAnAdminsConfirmation() {
    String token = make("node-7", "node", ",\"nodes\":\"n7*.example.org\"");
    assertThat(admin("POST", TOKENS + "/suspend", "{\"name\":\"node-7\"}").problem())
        .isEqualTo("reason-missing");
    admin("POST", TOKENS + "/suspend", "{\"name\":\"node-7\",\"reason\":\"lost\"}");

    Answer refused = service.as(token, "GET", "/v1/snapshot", "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().path("detail").asText()).contains("cadastre token confirm node-7");
    admin("POST", TOKENS + "/confirm?dryRun=true", "{\"all\":true}");
    assertThat(service.as(token, "GET", "/v1/snapshot", "").status()).isEqualTo(401);

    Answer confirmed = admin("POST", TOKENS + "/confirm", "{\"all\":true}");

    assertThat(confirmed.json().path("tokens").findValuesAsText("name")).contains("node-7");
    assertThat(service.as(token, "GET", "/v1/snapshot", "").status()).isEqualTo(200);
  }

  @Test
  void noBadTokenIsLetInOrChangesAnything() {
    String good = make("good", "admin", ",\"expires\":\"1h\"");
    TokenText parsed = TokenText.parse(good).orElseThrow();
    String last = good.endsWith("A") ? "B" : "A";
    assertThat(service.as(good, "GET", "/v1/snapshot", "").status()).isEqualTo(200);
    long before = lastEvent();
    for (String bad :
        List.of(
            good.substring(0, good.length() - 1) + last,
            good.substring(0, good.length() - 1),
            good + "A",
            // Jetty's cache of headers took it for the good one, which came on this connection
            good.toLowerCase(Locale.ROOT),
            "cadastre_" + parsed.id(),
            "cadastre_" + parsed.id() + "_",
            parsed.hash(),
            TokenText.random(new SecureRandom()).text(),
            "cadastre",
            "x",
            "")) {
      for (Answer answer :
          List.of(
              service.as(bad, "PUT", "/v1/owners/eve", Service.identity(1666, "id-eve")),
              service.as(bad, "GET", "/v1/snapshot", ""),
              service.as(bad, "POST", TOKENS, "{\"name\":\"eve\",\"role\":\"admin\"}"))) {
        assertThat(answer.status()).as(bad).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        if (bad.length() > 8) {
          assertThat(answer.text()).doesNotContain(bad);
        }
      }
    }
    assertThat(lastEvent()).isEqualTo(before);
    assertThat(service.as(good, "GET", "/v1/owners/eve", "").status()).isEqualTo(404);
  }

  /** The number of the last event, but for the use of the bootstrap token: that comes by itself. */
  private static long lastEvent() {
    long last = 0;
    for (JsonNode event : admin("GET", "/v1/events?limit=1000", "").json().path("events")) {
      last =
          event.path("kind").asText().equals("use-bootstrap") ? last : event.path("seq").asLong();
    }
    return last;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"role\":\"root\"}",
        "{\"name\":\"bootstrap\",\"role\":\"node\"}",
        "{\"name\":\"service:x\",\"role\":\"node\"}",
        "{\"name\":\"a\\nb\",\"role\":\"node\"}",
        "{\"name\":\"x\",\"role\":\"node\",\"expires\":\"never\"}",
        "{\"name\":\"x\",\"role\":\"node\",\"expires\":\"2020-01-01\"}",
        "{\"name\":\"x\",\"role\":\"node\",\"expires\":\"1831d\"}",
        "{\"name\":\"x\",\"role\":\"node\",\"uids\":\"1-2\"}",
        "{\"name\":\"x\",\"role\":\"admin\",\"pool\":\"default\"}",
        "{\"name\":\"x\",\"role\":\"provisioner\",\"uids\":\"2-1\"}",
        "{\"name\":\"x\",\"role\":\"provisioner\",\"nodes\":\"*\"}",
        "{\"name\":\"x\",\"role\":\"provisioner\",\"uids\":\"1-2\",\"dnBase\":\"\"}",
        "{\"name\":\"x\",\"role\":\"provisioner\",\"uids\":\"1-2\",\"dnBase\":\"people\"}",
        "{\"name\":\"x\",\"role\":\"provisioner\"}",
        "{\"name\":\"x\",\"role\":\"provisioner\",\"pool\":\"default\"}",
        "{\"name\":\"x\",\"role\":\"node\",\"nodes\":\"a b\"}",
      })
  void refusesAWrongRequest(String body) {
    assertThat(admin("POST", TOKENS, body).problem()).isEqualTo("bad-request");
  }

  @Test
  void aNameIsFreeAgainOnceItsTokenIsRevoked() {
    String first = make("again", "node", "");
    assertThat(admin("POST", TOKENS, "{\"name\":\"again\",\"role\":\"node\"}").problem())
        .isEqualTo("wrong-state");
    assertThat(
            admin(
                    "POST",
                    TOKENS,
                    "{\"name\":\"p\",\"role\":\"provisioner\",\"uids\":\"1-2\",\"pool\":\"none\"}")
                .problem())
        .isEqualTo("unknown-pool");
    admin("POST", TOKENS + "/again/revoke", "{\"reason\":\"rotated\"}");
    String second = make("again", "node", "");

    assertThat(service.as(first, "GET", "/v1/snapshot", "").status()).isEqualTo(401);
    assertThat(service.as(second, "GET", "/v1/snapshot", "").status()).isEqualTo(200);
    assertThat(admin("POST", TOKENS + "/none/revoke", "{\"reason\":\"x\"}").problem())
        .isEqualTo("wrong-state");
  }

  @Test
  void theBootstrapFileIsReadAgainWhenItChanges() throws Exception {
    Path file = dir.resolve("bootstrap.token");
    TokenText other = TokenText.random(new SecureRandom());
    Files.delete(file);
    SecretFile.create(file, other::text);
    await(other.text(), 200);
    assertThat(admin("GET", TOKENS, "").status()).isEqualTo(401);

    Files.delete(file);
    SecretFile.create(file, BOOTSTRAP::text);
    await(BOOTSTRAP.text(), 200);
  }

  private static void await(String token, int status) throws InterruptedException {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (service.as(token, "GET", TOKENS, "").status() != status
        && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(service.as(token, "GET", TOKENS, "").status()).isEqualTo(status);
  }
}
