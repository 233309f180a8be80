/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interface over a directory, the embedded one. */
@Tag("slow")
class DirectoryTest {
  private static final String BASE =
      """
      dn: dc=example,dc=org
      objectClass: domain
      dc: example

      dn: ou=people,dc=example,dc=org
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=example,dc=org
      objectClass: organizationalUnit
      ou: groups

      """;

  @TempDir static Path directory;
  private static Service service;

  private static String account(String name, int uid) {
    return """
    dn: uid=%1$s,ou=people,dc=example,dc=org
    objectClass: account
    objectClass: posixAccount
    uid: %1$s
    cn: %1$s
    uidNumber: %2$d
    gidNumber: %2$d
    homeDirectory: /home/%1$s
    entryUUID: 00000000-0000-4000-8000-%3$012d

    """
        .formatted(name, uid, uid);
  }

  @BeforeAll
  static void start() throws IOException {
    service =
        Service.ofDirectory(
            directory,
            BASE
                + account("ann", 1001)
                + account("bob", 1002)
                + account("twin", 1003)
                + account("other", 1004).replace("uidNumber: 1004", "uidNumber: 1003"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> service.put("/v1/owners/ann", "").status() < 300);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void allocationIsPublishedWhenTheAnswerComes() {
    Answer answer = service.put("/v1/owners/bob", "");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("directory").asText()).isEqualTo("published");
    assertThat(answer.json().at("/owner/dn").asText())
        .isEqualTo("uid=bob,ou=people,dc=example,dc=org");
    assertThat(answer.json().at("/owner/stableId").asText()).endsWith("000000001002");
  }

  @Test
  void bodyMayNameThePoolOnly() {
    assertThat(service.put("/v1/owners/ann", "{\"pool\":\"default\"}").status()).isEqualTo(200);
    assertThat(service.put("/v1/owners/ann", "{\"uidNumber\":1,\"gidNumber\":1}").problem())
        .isEqualTo("bad-request");
  }

  @Test
  void unknownAccountsAreNotFound() {
    Answer answer = service.put("/v1/owners/nobody-there", "");

    assertThat(answer.problem()).isEqualTo("unknown-account");
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void filterCharactersFindNobody() {
    long before = service.events();
    for (String name : new String[] {"**", "%2A%29%28uid%3D%2A", "a%2A", "%28%7C%28uid%3Da%29"}) {
      assertThat(service.put("/v1/owners/" + name, "").problem()).isEqualTo("unknown-account");
    }
    assertThat(service.events()).isEqualTo(before);
  }

  @Test
  void twoAccountsOfOneUidAreAmbiguous() {
    assertThat(service.put("/v1/owners/twin", "").problem()).isEqualTo("ambiguous-account");
  }

  @Test
  void batchOfNamesIsAnsweredLineByLine() {
    String lines = "{\"name\":\"ann\"}\n{\"name\":\"nobody-there\"}\n";
    Answer answer =
        service.send("POST", "/v1/owners/batch", lines, "Content-Type", "application/x-ndjson");

    assertThat(answer.text().lines().toList())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"outcome\":\"unchanged\""),
            second -> assertThat(second).contains("urn:cadastre:problem:unknown-account"));
  }

  @Test
  void rebindingWhomNothingChangedForIsRefused() {
    Answer answer = service.post("/v1/owners/ann/rebind", "{\"reason\":\"a test\"}");

    assertThat(answer.problem()).isEqualTo("unknown-owner");
  }

  @Test
  void auditReportsWhatTheDirectoryHas() {
    JsonNode report = service.post("/v1/audit", "").json();

    assertThat(report.path("findings").findValuesAsText("severity"))
        .isSubsetOf("info", "warning", "error");
    assertThat(report.toString()).contains("1003");
  }
}
