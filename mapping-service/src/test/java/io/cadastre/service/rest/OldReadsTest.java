/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.rest.Service.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that finds single accounts and never gives all of them: what goes on, what stops. */
@Tag("slow")
class OldReadsTest {
  private static final String SIZE_50 =
      "limits dn.exact=\"%s\" size=50".formatted(Slapd.SERVICE_DN);

  @TempDir Path directory;

  private static void soon(ThrowingRunnable condition) {
    await().atMost(Duration.ofMinutes(2)).untilAsserted(condition);
  }

  @Test
  void oldReadEndsAllocatingAndReadinessAndNothingElse() {
    try (Slapd slapd = Slapd.start()) {
      for (int i = 0; i < 60; i++) {
        slapd.addAccount("user" + i, 6000 + i, 6000 + i);
      }
      try (Service service =
          Service.ofSlapd(directory, slapd, "identity: {readEvery: 1s, maximumAge: 3s}\n")) {
        soon(() -> assertThat(service.put("/v1/owners/user0", "").status()).isEqualTo(201));
        soon(() -> assertThat(service.admin("GET", "/healthcheck", "").status()).isEqualTo(200));
        slapd.configure(SIZE_50);
        soon(() -> assertThat(service.admin("GET", "/healthcheck", "").status()).isEqualTo(500));

        assertThat(
                service
                    .admin("GET", "/healthcheck", "")
                    .json()
                    .at("/accounts-read/message")
                    .asText())
            .contains("identity.maximumAge is 3 s", "size limit exceeded");
        assertThat(
                service.admin("GET", "/healthcheck", "").json().at("/background/message").asText())
            .contains("reading the accounts: last success 20", "now fails: the identity directory");
        assertThat(service.admin("GET", "/ping", "").status()).isEqualTo(200);
        refusesToAllocate(service);
        goesOn(service);

        slapd.configure("");
        soon(() -> assertThat(service.put("/v1/owners/user1", "").status()).isEqualTo(201));
        soon(() -> assertThat(service.admin("GET", "/healthcheck", "").status()).isEqualTo(200));
      }
    }
  }

  private static void refusesToAllocate(Service service) {
    Answer put = service.put("/v1/owners/user1", "");
    assertThat(put.status()).isEqualTo(503);
    assertThat(put.header("Retry-After")).isEqualTo("60");
    assertThat(put.json().path("detail").asText()).contains("identity.maximumAge is 3 s");
    assertThat(
            service
                .send(
                    "POST",
                    "/v1/owners/batch",
                    "{\"name\":\"user1\"}\n",
                    "Content-Type",
                    "application/x-ndjson")
                .status())
        .isEqualTo(503);
    assertThat(service.post("/v1/owners/user0/supersede", "{\"reason\":\"a test\"}").status())
        .isEqualTo(503);
    assertThat(service.get("/v1/admin/accounts?filter=(uid=user1)").problem())
        .isEqualTo("unavailable");
  }

  private static void goesOn(Service service) {
    assertThat(service.put("/v1/owners/user0", "").status()).isEqualTo(200);
    assertThat(service.get("/v1/owners/user0").status()).isEqualTo(200);
    assertThat(service.get("/v1/snapshot").text()).contains("user0:6000:");
    assertThat(service.post("/v1/audit", "").json().path("findings").findValuesAsText("rule"))
        .contains("accounts-not-read");
    assertThat(service.delete("/v1/owners/user0").status()).isEqualTo(204);
  }
}
