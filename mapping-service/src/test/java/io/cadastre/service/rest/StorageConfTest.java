/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.cadastre.service.api.StorageJudgementJson;
import io.cadastre.service.rest.Service.Answer;
import io.cadastre.storage.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** storage.conf judged by the service, and the lines for Lustre's servers. */
class StorageConfTest {
  private static final String VALIDATE = "/v1/storage-conf/validate";
  private static final String ZOE =
      "\"user\":{\"name\":\"zoe\",\"uid\":4242,\"home\":\"/home/zoe\"}";
  private static final String USER_FILE = "/home/zoe/.config/containers/storage.conf";

  @TempDir static Path directory;
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory);
    service.allocate("ann", 1000);
    service.allocate("bob", 1001);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ObjectNode request() {
    ObjectNode request = Service.JSON.createObjectNode();
    request.putObject("user").put("name", "zoe").put("uid", 4242).put("home", "/home/zoe");
    request.put("engine", "legacy");
    return request;
  }

  private static ObjectNode request(String file, String text) {
    ObjectNode request = request();
    request.putObject("files").put(file, text);
    return request;
  }

  private static Answer validate(JsonNode request) {
    return service.post(VALIDATE, request.toString());
  }

  @Test
  void saysWhatPodmanWillDoAndWhereItIsSaid() {
    JsonNode answer =
        validate(
                request(
                    "user",
                    """
                    [storage]
                    driver = "overlay"
                    [storage.options.overlay]
                    ignore_chown_errors = "true"
                    """))
            .json();

    assertThat(answer.path("refused").asBoolean(true)).isFalse();
    JsonNode effective = answer.path("effective");
    assertThat(effective.path("driver").asText()).isEqualTo("overlay");
    assertThat(effective.path("graphroot").asText())
        .isEqualTo("/home/zoe/.local/share/containers/storage");
    JsonNode flag = effective.path("ignoreChownErrors");
    assertThat(flag.path("value").asBoolean()).isTrue();
    assertThat(flag.path("option").asText()).isEqualTo("overlay.ignore_chown_errors");
    assertThat(flag.path("file").asText()).isEqualTo(USER_FILE);
    assertThat(flag.path("line").asInt()).isEqualTo(4);
    assertThat(effective.at("/options/overlay.ignore_chown_errors/value").asText())
        .isEqualTo("true");
  }

  @Test
  void anUnquotedTrueIsRefusedAsPodmanRefusesIt() {
    JsonNode answer =
        validate(request("user", "[storage.options.overlay]\nignore_chown_errors = true\n")).json();

    // A legacy Podman passes over a user's file that it cannot read.
    assertThat(answer.path("findings").findValuesAsText("rule")).contains("flag-wrong-type");
    JsonNode system =
        validate(
                request(
                    "system",
                    "[storage]\ndriver = \"overlay\"\n[storage.options.overlay]\nignore_chown_errors = true\n"))
            .json();
    assertThat(system.path("refused").asBoolean()).isTrue();
    assertThat(system.path("reason").asText()).contains("ignore_chown_errors");
    assertThat(system.path("line").asInt()).isEqualTo(4);
    assertThat(system.has("effective")).isFalse();
  }

  /** Review F8 and F14, from the facts that a node collects. */
  @ParameterizedTest
  @CsvSource({
    "2048, true, image-store-unmapped",
    "16384, true, image-store-unmapped",
    "65536, false, image-store-unreadable"
  })
  void imageStoresAreJudgedFromFacts(int count, boolean readable, String rule) {
    ObjectNode request =
        request(
            "user",
            """
            [storage]
            driver = "overlay"
            [storage.options]
            additionalimagestores = ["/scratch/images"]
            """);
    ObjectNode facts = request.putObject("facts");
    facts.put("gid", 4242);
    for (String type : List.of("subuids", "subgids")) {
      facts.putArray(type).addObject().put("start", 1001062400).put("count", count);
    }
    ObjectNode paths = facts.putObject("paths");
    paths
        .putObject("/scratch/images/overlay-images/images.lock")
        .put("kind", "file")
        .put("readable", readable);
    paths
        .putObject("/scratch/images/overlay")
        .put("kind", "folder")
        .putObject("owner")
        .put("uid", 0)
        .put("gid", 0);

    assertThat(validate(request).json().path("findings").findValuesAsText("rule"))
        .contains(rule)
        .doesNotContain(readable ? "image-store-unreadable" : "image-store-unmapped");
  }

  @Test
  void theNamedFileNeedsNoPath() {
    String text =
        "[storage]\ndriver = \"vfs\"\n[storage.options.vfs]\nignore_chown_errors = \"1\"\n";
    assertThat(validate(request("named", text)).json().at("/effective/ignoreChownErrors/file"))
        .hasToString("\"named\"");

    ObjectNode named = request("named", text);
    named.putObject("environment").put("CONTAINERS_STORAGE_CONF", "/site/storage.conf");
    assertThat(validate(named).json().at("/effective/ignoreChownErrors/file"))
        .hasToString("\"/site/storage.conf\"");
  }

  @Test
  void dropInsOfTheMergedRulesAreNamedByTheirPath() {
    ObjectNode request =
        request(
            "/etc/containers/storage.conf.d/10-site.conf",
            "[storage]\ndriver = \"overlay\"\n[storage.options.overlay]\nignore_chown_errors = \"true\"\n");
    request.put("engine", "merged");

    assertThat(validate(request).json().at("/effective/ignoreChownErrors/value").asBoolean())
        .isTrue();
  }

  @Test
  void anUpgradeIsADifference() {
    ObjectNode request =
        request("system", "[storage]\ndriver = \"overlay\"\ngraphroot = \"/srv/root\"\n");
    request.put("engine", "5.4.2");
    assertThat(validate(request).json().has("difference")).isFalse();
    request.put("engine", "6.0").put("installed", "5.4.2");

    JsonNode answer = validate(request).json();
    JsonNode difference = answer.path("difference");
    assertThat(answer.at("/effective/graphroot").asText()).isEqualTo("/srv/root");
    assertThat(difference.path("from").asText()).isEqualTo("Podman 5.4");
    assertThat(difference.path("to").asText()).isEqualTo("Podman 6.0");
    assertThat(difference.path("changes")).hasSize(1);
    JsonNode change = difference.at("/changes/0");
    assertThat(change.path("what").asText()).isEqualTo("graphroot");
    assertThat(change.path("before").asText())
        .isEqualTo("/home/zoe/.local/share/containers/storage");
    assertThat(change.path("after").asText()).isEqualTo("/srv/root");
    assertThat(change.path("line").asInt()).isEqualTo(3);
    assertThat(change.path("since").asText()).isEqualTo("6.0");
    assertThat(change.path("breaks").asBoolean()).isTrue();
    assertThat(change.path("instead").asText()).contains("storage.rootless.conf.d");
  }

  @Test
  void theDocumentNamesTheKnownVersions() {
    JsonNode fields =
        service.get("/v1/openapi.json").json().at("/components/schemas/StorageConf/properties");
    for (String field : List.of("engine", "installed")) {
      assertThat(fields.path(field).path("description").asText()).contains(Engine.names());
      assertThat(fields.path(field).path("example").asText()).isEqualTo("5.4.2");
    }
  }

  @Test
  void factsOfTheNodeMakeFindings() {
    ObjectNode request = request("user", "[storage]\ndriver = \"vfs\"\n");
    ObjectNode facts = request.putObject("facts");
    facts.put(
        "mountinfo",
        """
        22 1 8:1 / / rw - ext4 /dev/sda1 rw
        30 22 0:40 / /home rw - lustre mgs@tcp:/home rw,flock
        """);
    facts.putArray("subuids").addObject().put("start", 1001062400).put("count", 65536);
    facts.putArray("subgids").addObject().put("start", 1001062400).put("count", 65536);

    assertThat(validate(request).json().path("findings").findValuesAsText("rule"))
        .contains("flag-missing");
  }

  @Test
  void theAnswerIsWhatTheDocumentSays() throws IOException {
    ObjectMapper strict =
        new ObjectMapper()
            .registerModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    for (String text :
        List.of(
            """
            [storage]
            driver = "overlay"
            graphroot = "/a"
            [storage.options]
            additionalimagestores = ["/b"]
            ignore_chown_errors = "1"
            """,
            "[storage\n",
            "")) {
      for (String file : List.of("system", "user")) {
        for (String engine : List.of("legacy", "5.4.2", "merged")) {
          ObjectNode request = request(file, text);
          request.put("engine", engine).put("installed", "4.3");
          Answer answer = validate(request);
          assertThat(strict.readValue(answer.text(), StorageJudgementJson.class).difference())
              .isPresent();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|user is missing",
        "{\"user\":{\"name\":\"zoe\",\"home\":\"/home/zoe\"}}|needs a name, a uid and a home",
        "{\"user\":{\"name\":\"zoe\",\"uid\":-1,\"home\":\"/home/zoe\"}}|user.uid is -1",
        "{\"user\":{\"name\":\"zoe\",\"uid\":1,\"home\":\"zoe\"}}|absolute path",
        "{ZOE,\"engine\":\"new\"}|engine \"new\" is not known; it takes legacy, merged, or a version of Podman",
        "{ZOE,\"engine\":\"5.9\"}|4.3, 4.4, 4.5, 4.6, 4.7, 4.8, 4.9, 5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 6.0, 6.1",
        "{ZOE,\"engine\":5.4}|engine",
        "{ZOE,\"engine\":\"6.0\",\"installed\":\"3.4.4\"}|installed \"3.4.4\" is not known; it takes legacy",
        "{ZOE,\"installed\":\"5.4\"}|installed needs engine",
        "{ZOE,\"files\":{\"usr\":\"\"}}|files has no \"usr\"",
        "{ZOE,\"files\":{\"user\":null}}|files.user is null",
        "{ZOE,\"files\":{\"user\":7}}|files.user",
        "{ZOE,\"facts\":{\"kernal\":\"6.1\"}}|facts: there is no kernal",
        "{ZOE,\"facts\":{\"mountinfo\":\"rubbish\"}}|mountinfo",
        "{ZOE,\"file\":{}}|\"file\" is not known",
        "[]|the body"
      })
  void whatCannotBeReadIsRefusedByItsName(String body, String message) {
    Answer answer = service.post(VALIDATE, body.replace("ZOE", ZOE));
    assertThat(answer.problem()).as(answer.text()).isEqualTo("bad-request");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(message);
  }

  @Test
  void aHugeBodyIsRefusedAndNothingIsKept() throws IOException {
    long before = kept();
    Answer answer = validate(request("user", "#".repeat(100_000_000)));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(validate(request("user", "a = [".repeat(5000))).json().path("refused")).isNotNull();
    assertThat(validate(request("user", "a = \"\0\"")).status()).isEqualTo(200);
    assertThat(kept()).isEqualTo(before);
  }

  private static long kept() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).count() + 1000 * service.events();
    }
  }

  @Test
  void nodemapLinesCoverAllRanges() {
    assertThat(service.get("/v1/lustre/nodemap?name=birds").text())
        .isEqualTo(
            """
            # 2 allocations
            lctl nodemap_add_idmap --name birds --idtype uid --idmap 1001062400-1001193471:1001062400-1001193471
            lctl nodemap_add_idmap --name birds --idtype gid --idmap 1001062400-1001193471:1001062400-1001193471
            """);
    assertThat(service.get("/v1/lustre/nodemap?first=0&limit=1001127936").text())
        .contains("idmap 1001062400-1001127935:1001062400-1001127935")
        .contains("# squashed: subuid 1001127936-1001193471 of bob");
  }

  @ParameterizedTest
  @CsvSource({
    "first=0,limit is missing",
    "limit=5,first is missing",
    "first=0&limit=0,at least 1",
    "first=4294967295&limit=1,end at 4294967294",
    "first=x&limit=1,decimal",
    "name=a%3Brm,letters",
    "pool=nil,no such pool"
  })
  void nodemapRefusesWhatLustreWould(String query, String message) {
    Answer answer = service.get("/v1/lustre/nodemap?" + query);
    assertThat(answer.status()).as(answer.text()).isBetween(400, 404);
    assertThat(answer.json().path("detail").asText()).contains(message);
  }
}
