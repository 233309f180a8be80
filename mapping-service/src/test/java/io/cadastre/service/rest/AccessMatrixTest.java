/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.AccessTable.Row;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation by every role and by none, over a real service. Four seconds. */
class AccessMatrixTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());

  @TempDir static Path dir;
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
  private static Service service;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service = Service.closed(dir, "{bootstrapTokenFile: %s}".formatted(file));
    for (Role role : Role.values()) {
      Answer made =
          service.as(
              BOOTSTRAP.text(),
              "POST",
              "/v1/admin/tokens",
              "{\"name\":\"the-%s\",\"role\":\"%1$s\"%s}"
                  .formatted(
                      role.word(), role == Role.PROVISIONER ? ",\"uids\":\"0-4294967294\"" : ""));
      TOKENS.put(role, made.json().path("secret").asText());
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private interface Connector {
    Answer send(Row row, String path, String... headers);
  }

  private static Answer application(Row row, String path, String... headers) {
    String body = row.method().equals("GET") || row.method().equals("DELETE") ? "" : "{}";
    return service.send(row.method(), path, body, headers);
  }

  private static Answer admin(Row row, String path, String... headers) {
    return service.adminAs(row.method(), path, headers);
  }

  private static Stream<Arguments> rows() {
    return Stream.concat(
        rows(AccessRules.APPLICATION, AccessMatrixTest::application),
        rows(AccessRules.ADMIN, AccessMatrixTest::admin));
  }

  private static Stream<Arguments> rows(AccessTable table, Connector connector) {
    return table.rows().stream()
        .map(row -> Arguments.of(row.method() + " " + row.template(), row, connector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void onlyTheRolesOfTheTableMayCall(String operation, Row row, Connector connector) {
    String path =
        row.template().replaceAll("\\{[a-z]+}", "42")
            + (row.template().equals("/pprof") ? "?duration=1" : "");
    Answer without = connector.send(row, path);
    assertThat(without.status() == 401).as("without a credential").isEqualTo(!row.everyone());
    if (!row.everyone()) {
      assertThat(without.problem()).isEqualTo("unauthenticated");
    }
    for (Role role : Role.values()) {
      Answer answer = connector.send(row, path, "Authorization", "Bearer " + TOKENS.get(role));
      if (row.roles().contains(role) || row.everyone()) {
        assertThat(answer.status()).as(role + ": " + answer).isNotIn(401, 403, 421);
        assertThat(answer.status()).as(role + ": " + answer).isNotIn(405, 500);
      } else {
        assertThat(answer.status()).as(role.toString()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
        assertThat(answer.json().path("detail").asText())
            .contains("the-" + role.word(), row.method() + " " + path.replaceFirst("[?].*", ""));
      }
    }
  }

  /** What has no row is an admin's, whatever it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v2/snapshot",
        "GET /v1/snapshot;x=1",
        "GET /v1/%73napshot",
        "PATCH /v1/snapshot",
        "OPTIONS /v1/snapshot",
        "OPTIONS /v1/admin/tokens",
        "POST /v1/snapshot",
        "GET /v1/admin",
        "GET /v1/admin/tokens/the-node/revoke",
      })
  void whatHasNoRowIsForAdminsOnly(String operation) {
    String[] words = operation.split(" ", -1);
    assertThat(service.send(words[0], words[1], "").status()).isEqualTo(401);
    for (Role role : Role.values()) {
      int status = service.as(TOKENS.get(role), words[0], words[1], "").status();
      if (role == Role.ADMIN) {
        assertThat(status).isIn(200, 400, 404, 405);
      } else {
        assertThat(status).as(role.toString()).isEqualTo(403);
      }
    }
  }

  /** An admin operation that Dropwizard adds has no row either. */
  @Test
  void theTasksOfTheAdminConnectorAreGone() {
    String bearer = "Bearer " + TOKENS.get(Role.ADMIN);
    assertThat(service.adminAs("POST", "/tasks/gc").status()).isEqualTo(401);
    assertThat(service.adminAs("POST", "/tasks/gc", "Authorization", bearer).status())
        .isEqualTo(404);
    String auditor = "Bearer " + TOKENS.get(Role.AUDITOR);
    assertThat(service.adminAs("POST", "/tasks/gc", "Authorization", auditor).status())
        .isEqualTo(403);
  }

  @Test
  void aSchemeIsNamedInAnyCase() {
    for (String scheme : new String[] {"Bearer", "bearer", "BEARER"}) {
      assertThat(
              service
                  .get("/v1/snapshot", "Authorization", scheme + " " + TOKENS.get(Role.NODE))
                  .status())
          .isEqualTo(200);
    }
    for (String other : new String[] {"Basic", "Digest", "Negotiate", "Bearerx"}) {
      assertThat(
              service
                  .get("/v1/snapshot", "Authorization", other + " " + TOKENS.get(Role.NODE))
                  .status())
          .as(other)
          .isEqualTo(401);
    }
    String inQuery = "/v1/snapshot?access_token=" + TOKENS.get(Role.NODE).toLowerCase(Locale.ROOT);
    assertThat(service.get(inQuery).status()).isEqualTo(401);
    assertThat(Optional.of(service.get("/v1/snapshot").header("WWW-Authenticate")))
        .contains("Bearer realm=\"cadastre\"");
  }

  /** Whichever of them a proxy has looked at. */
  @Test
  void twoCredentialsAreNone() {
    String admin = "Bearer " + TOKENS.get(Role.ADMIN);
    Answer answer =
        service.get("/v1/snapshot", "Authorization", admin, "Authorization", "Bearer x");

    assertThat(answer.problem()).isEqualTo("unauthenticated");
    assertThat(service.get("/v1/snapshot", "Authorization", admin, "Authorization", admin).status())
        .isEqualTo(401);
  }
}
