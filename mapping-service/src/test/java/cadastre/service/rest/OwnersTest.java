/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest;

import static cadastre.service.rest.Service.identity;
import static org.assertj.core.api.Assertions.assertThat;

import cadastre.service.rest.Service.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
    assertThat(byName.at("/history/0/kind").asText()).isEqualTo("allocate");
    assertThat(byName.at("/former").size()).isZero();
  }

  @Test
  void retiringIsAnsweredTheSameEveryTimeAndUndoneByAPut() {
    JsonNode before = service.allocate("rita", 2002).path("allocation").path("subuid");

    assertThat(service.delete("/v1/owners/rita").status()).isEqualTo(204);
    assertThat(service.delete("/v1/owners/rita").status()).isEqualTo(204);
    assertThat(service.get("/v1/owners/rita").json().at("/allocation/state").asText())
        .isEqualTo("retired");
    Answer again = service.put("/v1/owners/rita", identity(2002, "id-rita"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("outcome").asText()).isEqualTo("reinstated");
    assertThat(again.json().path("allocation").path("subuid")).isEqualTo(before);
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
  void snapshotHoldsWhoIsActive() {
    service.allocate("sam", 2004);

    Answer snapshot = service.get("/v1/snapshot");

    assertThat(snapshot.status()).isEqualTo(200);
    assertThat(snapshot.text()).startsWith("# cadastre-snapshot 1\n").contains("\nsam:2004:");
    service.delete("/v1/owners/sam");
    assertThat(service.get("/v1/snapshot").text()).doesNotContain("\nsam:");
  }
}
