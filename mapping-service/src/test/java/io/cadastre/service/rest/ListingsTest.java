/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.rest.Service.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Allocations, pools and events. */
class ListingsTest {
  private static final long FIRST = 1001062400;

  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service =
        Service.ofCaller(
            directory,
            """
            pools:
              - {name: default, segments: [{first: 1001062400, last: 1002373119}]}
              - {name: small, count: 4096, segments: [{first: 1002438656, last: 1002569727}]}
              - {name: fixed, strategy: deterministic, uidFirst: 5000,
                 segments: [{first: 1003487232, last: 1003618303}]}
            """);
    for (int i = 0; i < 12; i++) {
      service.allocate("u" + i, 1000 + i);
    }
    service.delete("/v1/owners/u3");
    service.put(
        "/v1/owners/%3Dsum(a)",
        "{\"uidNumber\":2000,\"gidNumber\":2000,\"stableId\":\"@x,\\\"y\\\"\",\"pool\":\"small\","
            + "\"dn\":\"uid=a\\\\,b,dc=x\"}");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("allocations").forEach(a -> names.add(a.at("/owner/name").asText()));
    return names;
  }

  @Test
  void pagesFollowTheCursor() {
    List<String> all = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = service.get("/v1/allocations?limit=5" + cursor).json();
      all.addAll(names(page));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
      pages++;
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSize(13).doesNotHaveDuplicates();
    assertThat(names(service.get("/v1/allocations").json())).isEqualTo(all);
  }

  @Test
  void filtersNarrowTheListing() {
    assertThat(names(service.get("/v1/allocations?state=retired").json())).containsExactly("u3");
    assertThat(names(service.get("/v1/allocations?pool=small").json())).containsExactly("=sum(a)");
    assertThat(names(service.get("/v1/allocations?owner=u7").json())).containsExactly("u7");
    assertThat(names(service.get("/v1/allocations?owner=nobody").json())).isEmpty();
    assertThat(
            names(
                service
                    .get("/v1/allocations?from=%d&to=%d".formatted(FIRST + 65536, FIRST + 131072))
                    .json()))
        .containsExactly("u1", "u2");
    assertThat(
            names(
                service
                    .get("/v1/allocations?from=%d&to=%d".formatted(FIRST + 65535, FIRST + 65535))
                    .json()))
        .containsExactly("u0");
  }

  @Test
  void csvHoldsAllRowsWithDefusedCells() {
    Answer csv = service.get("/v1/allocations", "Accept", "text/csv");

    List<String> lines = List.of(csv.text().split("\r\n"));
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(csv.header("Content-Disposition")).contains("allocations.csv");
    assertThat(lines).hasSize(14);
    assertThat(lines.get(0)).startsWith("name,uidNumber,gidNumber,stableId,dn,allocation,pool,");
    assertThat(lines.get(13))
        .startsWith("'=sum(a),2000,2000,\"caller:@x,\"\"y\"\"\",\"uid=a\\,b,dc=x\",");
    assertThat(service.get("/v1/allocations?state=retired", "Accept", "text/csv").text().lines())
        .hasSize(2);
    assertThat(service.get("/v1/allocations?limit=2", "Accept", "text/csv").text().lines())
        .hasSize(3);
  }

  @Test
  void jsonIsTheDefault() {
    for (String accept : List.of("*/*", "application/json", "text/csv;q=0.5, application/json")) {
      assertThat(service.get("/v1/allocations", "Accept", accept).header("Content-Type"))
          .isEqualTo("application/json");
    }
    assertThat(service.get("/v1/allocations").header("Content-Type")).isEqualTo("application/json");
    assertThat(service.get("/v1/allocations?pool=none", "Accept", "text/csv").problem())
        .isEqualTo("unknown-pool");
  }

  @Test
  void poolsTellHowFullTheyAre() {
    JsonNode pools = service.get("/v1/pools").json().path("pools");
    JsonNode first = service.get("/v1/pools/default").json();

    assertThat(pools.findValuesAsText("name")).containsExactly("default", "small", "fixed");
    assertThat(pools.get(0)).isEqualTo(first);
    assertThat(first.path("size").asInt()).isEqualTo(20);
    assertThat(first.path("used").asInt()).isEqualTo(11);
    assertThat(first.path("retired").asInt()).isEqualTo(1);
    assertThat(first.path("blocked").asInt()).isZero();
    assertThat(first.path("free").asInt()).isEqualTo(8);
    assertThat(first.path("count").asInt()).isEqualTo(65536);
    assertThat(first.at("/segments/0/first").asLong()).isEqualTo(FIRST);
    assertThat(first.has("uidFirst")).isFalse();
    assertThat(pools.get(2).path("strategy").asText()).isEqualTo("deterministic");
    assertThat(pools.get(2).path("uidFirst").asInt()).isEqualTo(5000);
  }

  @Test
  void forecastNeedsMoreThanOneDayOfGrants() {
    assertThat(service.get("/v1/pools/default").json().path("used").asInt()).isGreaterThan(10);
    assertThat(service.get("/v1/pools/default").json().has("fullOn")).isFalse();
    assertThat(service.get("/v1/pools/small").json().has("fullOn")).isFalse();
  }

  @Test
  void deterministicPoolsRefuseOtherUids() {
    String other = "{\"uidNumber\":9000,\"gidNumber\":9000,\"pool\":\"fixed\"}";

    assertThat(service.put("/v1/owners/far", other).problem()).isEqualTo("slot-taken");
  }

  @Test
  void eventsFollowTheNumberAndTheOwner() {
    JsonNode two = service.get("/v1/events?limit=2").json();
    JsonNode rest = service.get("/v1/events?after=" + two.path("next").asLong()).json();
    JsonNode ofOne = service.get("/v1/events?owner=u3").json();

    assertThat(two.path("events").size()).isEqualTo(2);
    assertThat(two.at("/events/0/kind").asText()).isEqualTo("ledger");
    assertThat(rest.at("/events/0/seq").asInt()).isEqualTo(3);
    assertThat(rest.has("next")).isFalse();
    assertThat(ofOne.path("events").findValuesAsText("kind")).containsExactly("allocate", "retire");
    assertThat(ofOne.at("/events/1/before/state").asText()).isEqualTo("active");
    assertThat(service.get("/v1/events?after=999999").json().path("events").size()).isZero();
  }

  @Test
  void eventsAreWhatTheirHashesCover() {
    for (JsonNode node : service.get("/v1/events?limit=1000").json().path("events")) {
      Event event = EventJson.read(node.toString());

      assertThat(EventJson.write(event)).isEqualTo(node.toString());
      assertThat(EventJson.sealed(event).hash()).isEqualTo(event.hash());
    }
  }

  @Test
  void ownRangesAreContained() {
    String path = "/v1/owners/u5/contains?type=%s&start=%d&count=%d";
    long start = FIRST + 5 * 65536;

    assertThat(contains(path.formatted("subuid", start, 65536))).isTrue();
    assertThat(contains(path.formatted("subgid", start + 1, 65535))).isTrue();
    assertThat(contains(path.formatted("subuid", start, 65537))).isFalse();
    assertThat(contains(path.formatted("subuid", start - 1, 1))).isFalse();
    assertThat(contains(path.replace("u5", "1005").formatted("subuid", start, 1))).isTrue();
    assertThat(contains(path.replace("u5", "u3").formatted("subuid", FIRST + 3 * 65536, 1)))
        .isFalse();
  }

  private static boolean contains(String path) {
    return service.get(path).json().path("contains").asBoolean();
  }

  @Test
  void csvSaysWhenByWhichActorAndWhyARangeWasGranted() {
    List<String> lines =
        List.of(service.get("/v1/allocations?owner=u7", "Accept", "text/csv").text().split("\r\n"));

    assertThat(lines.get(0)).endsWith(",serial,grantedAt,grantedBy,reason");
    assertThat(lines.get(1)).matches(".*,\\d+,20\\d\\d-[^,]+Z,rest@127\\.0\\.0\\.1,");
  }

  @Test
  void eventsAreFoundByTimeActorAndKind() {
    assertThat(kinds("?kind=retire")).containsExactly("retire");
    assertThat(kinds("?kind=retire&owner=u4")).isEmpty();
    assertThat(kinds("?kind=allocate&owner=u4&actor=rest@127.0.0.1")).containsExactly("allocate");
    assertThat(kinds("?actor=service:configuration")).containsOnly("pool").hasSize(3);
    assertThat(kinds("?to=2026-01-01")).isEmpty();
    assertThat(kinds("?from=2026-01-01&to=2999-01-01T00:00:00Z&kind=allocate")).hasSize(13);

    JsonNode page = service.get("/v1/events?kind=allocate&limit=5").json();
    String rest = "/v1/events?kind=allocate&after=" + page.path("next").asText();
    assertThat(page.path("events")).hasSize(5);
    assertThat(service.get(rest).json().path("events")).hasSize(8);
  }

  /** Also if the owner's events are looked through, and in the CSV. */
  @Test
  void eventsAreFoundByTheirRequest() {
    String id = service.get("/v1/events?kind=retire").json().at("/events/0/requestId").asText();
    assertThat(id).isNotEmpty();

    assertThat(kinds("?request=" + id)).containsExactly("retire");
    assertThat(kinds("?request=%s&kind=allocate".formatted(id))).isEmpty();
    String owner = service.get("/v1/events?request=" + id).json().at("/events/0/owner").asText();
    assertThat(kinds("?request=%s&owner=%s".formatted(id, owner))).containsExactly("retire");
    assertThat(kinds("?request=no-such-request")).isEmpty();
    String csv = service.get("/v1/events?request=" + id, "Accept", "text/csv").text();
    assertThat(csv.lines()).hasSize(2).last().asString().contains("retire", id, "\"\"retired\"\"");
  }

  private static List<String> kinds(String query) {
    List<String> kinds = new ArrayList<>();
    service
        .get("/v1/events" + query)
        .json()
        .path("events")
        .forEach(event -> kinds.add(event.path("kind").asText()));
    return kinds;
  }

  @Test
  void unknownKindIsRefusedWithTheKindsThereAre() {
    Answer refused = service.get("/v1/events?kind=granted");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText())
        .contains("kind=\"granted\" is refused", "allocate, import, adopt, retire");
  }

  @Test
  void eventsAreExportedAsCsv() {
    Answer csv = service.get("/v1/events?kind=allocate", "Accept", "text/csv");

    List<String> lines = List.of(csv.text().split("\r\n"));
    assertThat(csv.header("Content-Disposition")).contains("events.csv");
    assertThat(lines).hasSize(14);
    assertThat(lines.get(0))
        .isEqualTo(
            "seq,at,kind,serial,allocation,owner,actor,requestId,reason,hash,role,credential,before,after");
    assertThat(lines.get(1)).contains(",,\"{\"\"allocation\"\":", "\"\"state\"\":\"\"active\"\"");
    assertThat(lines.get(13)).contains(",'=sum(a),rest@127.0.0.1,");
    assertThat(service.get("/v1/events?limit=2", "Accept", "text/csv").text().split("\r\n"))
        .hasSize(3);
  }
}
