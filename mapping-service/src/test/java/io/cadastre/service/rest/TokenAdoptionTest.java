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
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An old backup must not revive what was revoked. Three seconds. */
@Tag("slow")
class TokenAdoptionTest {
  private static final String ADOPT = "/v1/admin/adopt";

  @TempDir Path dir;

  @Test
  void adoptingSuspendsEveryTokenButTheBootstrapToken() throws Exception {
    TokenText bootstrap = TokenText.random(new SecureRandom());
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, bootstrap::text);
    try (Service service =
        Service.closedOfDirectory(
            dir,
            "{bootstrapTokenFile: %s}".formatted(file),
            "dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n")) {
      String token =
          service
              .as(
                  bootstrap.text(),
                  "POST",
                  "/v1/admin/tokens",
                  "{\"name\":\"alice\",\"role\":\"admin\"}")
              .json()
              .path("secret")
              .asText();

      Answer trial = service.as(token, "POST", ADOPT + "?dryRun=true", "{}");
      assertThat(trial.json().path("suspended").toString()).isEqualTo("[\"alice\"]");
      assertThat(service.as(token, "GET", "/v1/pools", "").status()).isEqualTo(200);

      assertThat(service.as(token, "POST", ADOPT, "{}").status()).isEqualTo(200);

      Answer refused = service.as(token, "GET", "/v1/pools", "");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.json().path("detail").asText()).contains("cadastre token confirm alice");
      assertThat(service.as(token, "POST", "/v1/admin/tokens/confirm", "{\"all\":true}").status())
          .isEqualTo(401);
      service.as(bootstrap.text(), "POST", "/v1/admin/tokens/confirm", "{\"name\":\"alice\"}");
      assertThat(service.as(token, "GET", "/v1/pools", "").status()).isEqualTo(200);
      awaitUse(service, token);
    }
  }

  /** The use of the bootstrap token is one event, not one for each request. */
  private static void awaitUse(Service service, String token) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    JsonNode uses;
    do {
      Thread.sleep(100);
      uses = service.as(token, "GET", "/v1/events?kind=use-bootstrap", "").json().path("events");
    } while (uses.isEmpty() && System.nanoTime() < deadline);
    assertThat(uses).hasSize(1);
    assertThat(uses.get(0).path("actor").asText()).isEqualTo("bootstrap");
    assertThat(uses.get(0).path("credential").asText()).startsWith("bootstrap ");
  }
}
