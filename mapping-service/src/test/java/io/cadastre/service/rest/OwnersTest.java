/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static io.cadastre.service.rest.Service.identity;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersTest {
  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void firstRequestCreatesAndTheSecondAnswersTheSame() {
    Answer first = service.put("/v1/owners/zoe", identity(1001, "z"));
    Answer second = service.put("/v1/owners/zoe", identity(1001, "z"));

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(first.json().path("outcome").asText()).isEqualTo("created");
    assertThat(second.json().path("outcome").asText()).isEqualTo("unchanged");
    assertThat(second.json().path("allocation")).isEqualTo(first.json().path("allocation"));
    assertThat(first.json().path("directory").asText()).isEqualTo("none");
    assertThat(first.json().at("/owner/name").asText()).isEqualTo("zoe");
    assertThat(first.json().at("/owner/uidNumber").asLong()).isEqualTo(1001);
    assertThat(first.json().at("/allocation/subuid/count").asLong()).isEqualTo(65536);
    assertThat(first.json().at("/allocation/pool").asText()).isEqualTo("default");
    assertThat(first.json().at("/owner").has("dn")).isFalse();
  }

  @Test
  void ownerIsFoundByNameAndByUid() {
    service.allocate("ann", 2001);

    JsonNode byName = service.get("/v1/owners/ann").json();
    JsonNode byUid = service.get("/v1/owners/2001").json();

    assertThat(byUid).isEqualTo(byName);
    assertThat(byName.at("/allocation/state").asText()).isEqualTo("active");
    assertThat(byName.has("history")).isFalse();
    assertThat(history("ann").findValuesAsText("kind")).containsExactly("allocate");
  }

  @Test
  void retiringIsAnsweredTheSameEveryTimeAndUndoneOnlyByAPutThatSaysSo() {
    JsonNode before = service.allocate("rita", 2002).path("allocation").path("subuid");

    assertThat(service.delete("/v1/owners/rita").status()).isEqualTo(204);
    assertThat(service.delete("/v1/owners/rita").status()).isEqualTo(204);
    assertThat(service.get("/v1/owners/rita").json().at("/allocation/state").asText())
        .isEqualTo("retired");
    Answer refused = service.put("/v1/owners/rita", identity(2002, "id-rita"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("owner-retired");
    assertThat(refused.json().path("detail").asText()).contains("\"reinstate\": true");
    Answer again =
        service.put(
            "/v1/owners/rita", identity(2002, "id-rita").replace("}", ",\"reinstate\":true}"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("outcome").asText()).isEqualTo("reinstated");
    assertThat(again.json().path("allocation").path("subuid")).isEqualTo(before);
  }

  @Test
  void retirementKeepsItsReasonAndMeansTheOwnerWithTheStableId() {
    service.allocate("old", 2101);
    service.put("/v1/owners/moved", identity(2101, "id-old"));
    String former = "/v1/owners/old";

    Answer refused = service.delete(former + "?dryRun=true");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("owner-renamed");
    assertThat(refused.json().path("detail").asText()).contains("cadastre retire moved");
    assertThat(service.delete(former + "?stableId=id-other").problem()).isEqualTo("unknown-owner");
    assertThat(service.delete(former + "?stableId=id-old&dryRun=true").status()).isEqualTo(204);
    assertThat(service.get(former).json().at("/allocation/state").asText()).isEqualTo("active");
    assertThat(service.delete(former + "?stableId=id-old&reason=left").status()).isEqualTo(204);
    assertThat(service.delete(former).status()).isEqualTo(204);

    JsonNode owner = service.get(former).json();
    assertThat(owner.at("/owner/name").asText()).isEqualTo("moved");
    assertThat(history("moved").findValuesAsText("kind"))
        .containsExactly("allocate", "follow", "retire");
    assertThat(history("moved").at("/2/reason").asText()).isEqualTo("left");
    assertThat(history("old")).isEqualTo(history("moved"));
    assertThat(service.delete(former + "?reason=a%0Ab").problem()).isEqualTo("bad-request");
  }

  @Test
  void unknownOwnersAreNotFound() {
    assertThat(service.get("/v1/owners/nobody-known").problem()).isEqualTo("unknown-owner");
    assertThat(service.get("/v1/owners/4294967294").problem()).isEqualTo("unknown-owner");
    assertThat(service.delete("/v1/owners/nobody-known").problem()).isEqualTo("unknown-owner");
    assertThat(service.delete("/v1/owners/nobody-known").status()).isEqualTo(404);
  }

  @Test
  void idsTellWhoseTheyAre() {
    long start = service.allocate("ida", 2003).at("/allocation/subuid/start").asLong();

    for (String type : new String[] {"subuid", "subgid"}) {
      String path = "/v1/ids/" + type + "/";
      assertThat(service.get(path + start).json().at("/owner/name").asText()).isEqualTo("ida");
      assertThat(service.get(path + (start + 65535)).json().at("/owner/name").asText())
          .isEqualTo("ida");
      assertThat(service.get(path + "999").problem()).isEqualTo("unowned-id");
    }
  }

  @Test
  void idsTellWhoseTheyWere() {
    JsonNode allocated = service.allocate("past", 2005);
    long start = allocated.at("/allocation/subuid/start").asLong();
    String granted = history("past").at("/0/at").asText();
    service.put("/v1/owners/renamed", identity(2005, "id-past"));

    String path = "/v1/ids/subuid/" + start + "?at=";
    Answer then = service.get(path + granted);
    assertThat(then.json().at("/owner/name").asText()).isEqualTo("past");
    assertThat(then.json().at("/allocation/state").asText()).isEqualTo("active");
    assertThat(service.get("/v1/ids/subuid/" + start).json().at("/owner/name").asText())
        .isEqualTo("renamed");
    Answer before = service.get(path + "2020-01-01T00:00:00%2B01:00");
    assertThat(before.problem()).isEqualTo("history-unknown");
    assertThat(before.status()).isEqualTo(410);
    assertThat(before.json().path("detail").asText()).contains("history begins at 20");
    assertThat(service.get("/v1/ids/subuid/7?at=" + granted).problem()).isEqualTo("unowned-id");
  }

  @Test
  void requestIdsAreKeptInEventsAndRepeated() {
    Answer mine =
        service.send(
            "PUT", "/v1/owners/tracked", identity(2006, "t"), "X-Request-Id", "hook-42/a:b");
    Answer none = service.get("/v1/pools");

    assertThat(mine.header("X-Request-Id")).isEqualTo("hook-42/a:b");
    assertThat(none.header("X-Request-Id")).matches("[0-9a-f-]{36}");
    JsonNode event = history("tracked").path(0);
    assertThat(event.path("requestId").asText()).isEqualTo("hook-42/a:b");
    assertThat(event.path("actor").asText()).isEqualTo("rest@127.0.0.1");
  }

  @Test
  void requestIdsThatCouldForgeALineAreReplaced() {
    for (String id : new String[] {"a b", "x".repeat(129), "{}", "\"a\"", "a,b"}) {
      assertThat(service.get("/v1/pools", "X-Request-Id", id).header("X-Request-Id"))
          .matches("[0-9a-f-]{36}");
    }
  }

  @Test
  void auditIsNotThereUntilItHasRun() {
    Answer before = service.get("/v1/audit");
    Answer run = service.post("/v1/audit", "{}");
    Answer after = service.get("/v1/audit");

    assertThat(before.problem()).isEqualTo("not-found");
    assertThat(before.json().path("detail").asText()).contains("POST /v1/audit");
    assertThat(run.status()).isEqualTo(200);
    assertThat(Instant.parse(run.json().path("at").asText())).isBefore(Instant.now());
    assertThat(run.json().path("findings").isArray()).isTrue();
    assertThat(after.json()).isEqualTo(run.json());
    assertThat(service.post("/v1/audit", "{\"now\":true}").problem()).isEqualTo("bad-request");
  }

  @Test
  void openApiDocumentIsServed() {
    Answer document = service.get("/v1/openapi.json");

    assertThat(document.json().path("paths").has("/v1/owners/{name}")).isTrue();
    assertThat(document.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void answersAreNotSniffedNorKept() {
    Answer answer = service.get("/v1/pools");

    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void snapshotHoldsWhoIsActive() {
    service.allocate("sam", 2004);

    Answer snapshot = service.get("/v1/snapshot");

    assertThat(snapshot.status()).isEqualTo(200);
    assertThat(snapshot.text()).startsWith("# cadastre-snapshot 1\n").contains("\nsam:2004:");
    service.delete("/v1/owners/sam");
    assertThat(service.get("/v1/snapshot").text()).doesNotContain("\nsam:");
  }

  @Test
  void supersedingMovesTheOwnerAndKeepsHisHistory() {
    long old = service.allocate("mover", 3000).at("/allocation/subuid/start").asLong();

    Answer moved =
        service.post("/v1/owners/mover/supersede", "{\"reason\":\"moved\",\"pool\":\"default\"}");

    JsonNode owner = service.get("/v1/owners/mover").json();
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.json().path("outcome").asText()).isEqualTo("created");
    assertThat(owner.path("allocation").path("id"))
        .isEqualTo(moved.json().path("allocation").path("id"));
    assertThat(history("mover").at("/1/after/state").asText()).isEqualTo("superseded");
    assertThat(history("mover").at("/1/after/subuid/start").asLong()).isEqualTo(old);
    assertThat(history("mover").findValuesAsText("kind"))
        .containsExactly("allocate", "supersede", "allocate");
    assertThat(history("mover").findValuesAsText("reason")).contains("moved");
    assertThat(service.get("/v1/ids/subuid/" + old).json().at("/allocation/state").asText())
        .isEqualTo("superseded");
  }

  @Test
  void newPersonUnderRetiredNameAndUidGetsARangeThatIsNotTheOldOne() {
    String was = "{\"uidNumber\":3100,\"gidNumber\":3100,\"stableId\":\"first\"}";
    String is = "{\"uidNumber\":3100,\"gidNumber\":3100,\"stableId\":\"second\"}";
    long old = service.put("/v1/owners/smith", was).json().at("/allocation/subuid/start").asLong();
    service.delete("/v1/owners/smith");
    assertThat(service.put("/v1/owners/smith", is).problem()).isEqualTo("identity-changed");

    String rebind = is.replace("{", "{\"reason\":\"another Smith\",");
    Answer rebound = service.post("/v1/owners/smith/rebind", rebind);
    assertThat(rebound.json().at("/allocation/state").asText()).isEqualTo("retired");
    service.post("/v1/owners/smith/supersede", "{\"reason\":\"another Smith\"}");

    Answer again = service.put("/v1/owners/smith", is);
    assertThat(again.json().path("outcome").asText()).isEqualTo("unchanged");
    assertThat(again.json().at("/allocation/subuid/start").asLong()).isNotEqualTo(old);
    assertThat(service.get("/v1/ids/subuid/" + old).json().at("/allocation/state").asText())
        .isEqualTo("superseded");
  }

  /** Two people had one name: the history of each is the own one. */
  @Test
  void historyOfARecycledNameIsThatOfTheOwnerByStableId() {
    service.put("/v1/owners/again", identity(7101, "id-first"));
    service.delete("/v1/owners/again");
    service.put("/v1/owners/again", identity(7102, "id-second"));

    assertThat(history("again").findValuesAsText("stableId")).containsOnly("caller:id-second");
    JsonNode first = service.get("/v1/events?stableId=caller:id-first").json().path("events");
    assertThat(first.findValuesAsText("stableId")).containsOnly("caller:id-first");
    assertThat(first.findValuesAsText("kind")).containsExactly("allocate", "retire");
    assertThat(service.get("/v1/events?stableId=x&owner=again").problem()).isEqualTo("bad-request");
  }

  private JsonNode history(String owner) {
    return service.get("/v1/events?owner=" + owner).json().path("events");
  }
}
