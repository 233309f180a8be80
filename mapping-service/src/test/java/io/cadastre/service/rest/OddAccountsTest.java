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
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and entries that the ledger cannot record: each is refused, and stops no other. */
class OddAccountsTest {
  private static final String PEOPLE = "ou=people,dc=example,dc=org";
  private static final String SUBIDS = "ou=subids,dc=example,dc=org";

  @TempDir static Path directory;
  private static Service service;

  /** The DN of the innermost of units that lie in each other; over 4,000 characters. */
  private static String nested(StringBuilder ldif, String base) {
    String dn = base;
    for (int i = 0; i < 5; i++) {
      String name = i + "x".repeat(900);
      dn = "ou=" + name + "," + dn;
      ldif.append(unit(dn, name));
    }
    return dn;
  }

  private static String unit(String dn, String name) {
    return "dn: %s\nobjectClass: organizationalUnit\nou: %s\n\n".formatted(dn, name);
  }

  private static String account(String name, int uid, String base) {
    return """
    dn: uid=%1$s,%3$s
    objectClass: account
    objectClass: posixAccount
    uid: %1$s
    cn: %1$s
    uidNumber: %2$d
    gidNumber: %2$d
    homeDirectory: /home/%1$s
    entryUUID: 00000000-0000-4000-8000-%2$012d

    """
        .formatted(name, uid, base);
  }

  private static String foreign(String base, long start) {
    return """
    dn: subUidNumber=%1$d,%2$s
    objectClass: subordinateIdEntry
    subUidNumber: %1$d
    subUidCount: 65536
    subGidNumber: %1$d
    subGidCount: 65536
    subidRangeOwner: uid=any,dc=example,dc=org

    """
        .formatted(start, base);
  }

  @BeforeAll
  static void start() throws IOException {
    StringBuilder ldif = new StringBuilder();
    ldif.append("dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n\n");
    ldif.append(unit(PEOPLE, "people")).append(unit("ou=groups,dc=example,dc=org", "groups"));
    ldif.append(unit(SUBIDS, "subids"));
    ldif.append(account("long", 1001, nested(ldif, PEOPLE)));
    ldif.append(foreign(nested(ldif, SUBIDS), 1001062400));
    ldif.append(foreign(SUBIDS, 1001062400 + 65536));
    for (String name : List.of("ann", "bob", "root", "systemd-x")) {
      ldif.append(account(name, 1002 + name.length() + name.charAt(0), PEOPLE));
    }
    service = Service.ofDirectory(directory, ldif.toString());
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> service.put("/v1/owners/ann", "").status() < 300);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static List<JsonNode> findings(String rule) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode finding : service.post("/v1/audit", "").json().path("findings")) {
      if (finding.path("rule").asText().equals(rule)) {
        found.add(finding);
      }
    }
    return found;
  }

  @Test
  void accountWhoseDnIsTooLongIsRefusedAndFound() {
    Answer answer = service.put("/v1/owners/long", "");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid-identity");
    assertThat(answer.text()).contains("4000").hasSizeLessThan(2000);
    assertThat(findings("account-refused"))
        .singleElement()
        .satisfies(f -> assertThat(f.path("message").asText()).hasSizeLessThan(1000));
  }

  @Test
  void itStopsNoOtherLineOfABatch() {
    String lines =
        "{\"name\":\"bob\"}\n{\"name\":\"long\"}\n{\"name\":\"root\"}\n{\"name\":\"ann\"}";
    Answer answer =
        service.send("POST", "/v1/owners/batch", lines, "Content-Type", "application/x-ndjson");

    assertThat(answer.text().lines().toList())
        .satisfiesExactly(
            bob -> assertThat(bob).contains("\"outcome\":"),
            odd -> assertThat(odd).contains("urn:cadastre:problem:invalid-identity"),
            root -> assertThat(root).contains("urn:cadastre:problem:reserved-name"),
            ann -> assertThat(ann).contains("\"outcome\":\"unchanged\""));
  }

  @Test
  void foreignEntryWhoseDnIsTooLongBlocksItsSlotAndStopsNothing() {
    assertThat(service.get("/v1/owners/ann").json().at("/allocation/subuid/start").asLong())
        .isEqualTo(1001062400 + 2 * 65536);
    assertThat(findings("foreign-entry"))
        .hasSize(2)
        .allSatisfy(f -> assertThat(f.path("message").asText()).hasSizeLessThan(1000));
  }

  @Test
  void reservedNamesGetNoRangeAndAreFound() {
    for (String name : List.of("root", "systemd-x")) {
      Answer answer = service.put("/v1/owners/" + name, "");
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.problem()).isEqualTo("reserved-name");
    }
    assertThat(service.get("/v1/snapshot").text()).doesNotContain("root", "systemd");
    assertThat(findings("reserved-name"))
        .extracting(f -> f.path("subject").asText() + " " + f.path("severity").asText())
        .containsExactlyInAnyOrder("root warning", "systemd-x warning");
  }
}
