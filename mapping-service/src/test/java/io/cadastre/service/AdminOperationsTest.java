/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation under /v1/admin, through HTTP and through the command line, dry and real. */
@Tag("slow")
class AdminOperationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "ou=subids,dc=example,dc=org";
  private static final String LARGE = "subUidNumber=1065353216," + BASE;
  private static final long ADA_START = 1001062400 + 65536 * 2;
  private static final String ZOE_ROW = "zoe:%d:65536\n".formatted(1001062400 + 65536 * 5);

  /** An entry of ada from before the account got a new entryUUID, and one that blocks the pool. */
  private static final String ENTRIES =
      """

      dn: ou=subids,dc=example,dc=org
      objectClass: organizationalUnit
      ou: subids
      """
          + entry(ADA_START, 65536, "ada", 100001, 7)
          + entry(1065353216, 65536 * 1000, "all", 100009, 8);

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private DropwizardTestSupport<CadastreConfiguration> service;

  private static String entry(long start, long count, String owner, long uid, long serial) {
    return """

    dn: subUidNumber=%1$d,%2$s
    objectClass: subordinateIdEntry
    objectClass: cadastreAllocation
    subUidNumber: %1$d
    subUidCount: %3$d
    subGidNumber: %1$d
    subGidCount: %3$d
    subidRangeOwner: uid=%4$s,ou=people,dc=example,dc=org
    cadastreAllocationId: 0190c0de-0000-7000-8000-%6$012d
    cadastreStableId: entryUUID:old-%4$s
    cadastreOwnerName: %4$s
    cadastreOwnerUid: %5$d
    cadastreOwnerGid: 100000
    cadastrePool: default
    cadastreState: active
    cadastreSerial: %6$d
    """
        .formatted(start, BASE, count, owner, uid, serial);
  }

  @BeforeEach
  void start() throws Exception {
    Path demo = Path.of(System.getProperty("cadastre.root"), "config/demo-accounts.ldif");
    Path accounts = Files.writeString(dir.resolve("accounts"), Files.readString(demo) + ENTRIES);
    Path file = dir.resolve("cadastre.yml");
    Files.writeString(
        file,
        """
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: []}
        logging: {level: ERROR, appenders: [{type: console, target: stderr}]}
        access: open
        ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
        identity: {readEvery: 1h, maximumAge: 10h}
        directory: {mode: embedded, embedded: {port: 0, accounts: %s}}
        pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
        """
            .formatted(dir, accounts));
    service = new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> send("POST", "reconcile", "").statusCode() == 200);
  }

  @AfterEach
  void stop() {
    service.after();
  }

  private String url() {
    return "http://127.0.0.1:" + service.getLocalPort();
  }

  private HttpResponse<String> send(String method, String operation, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + "/v1/admin/" + operation))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode post(String operation, String body) throws Exception {
    HttpResponse<String> answer = send("POST", operation, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private JsonNode postDry(String operation, String body) throws Exception {
    String before = events();
    JsonNode answer = post(operation + "?dryRun=true", body);
    assertThat(events()).isEqualTo(before);
    return answer;
  }

  private String problem(String operation, String body) throws Exception {
    HttpResponse<String> answer = send("POST", operation, body);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    return problem.path("type").asText().replace("urn:cadastre:problem:", "");
  }

  private CommandLine run(String... arguments) {
    return CommandLine.run(
        Stream.concat(Stream.of(arguments), Stream.of("--url", url())).toArray(String[]::new));
  }

  private CommandLine done(String... arguments) {
    CommandLine ran = run(arguments);
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  private CommandLine dry(String... arguments) {
    String before = events();
    CommandLine ran =
        done(Stream.concat(Stream.of(arguments), Stream.of("--dry-run")).toArray(String[]::new));
    assertThat(events()).isEqualTo(before);
    return ran;
  }

  private String events() {
    return run("events", "export").out();
  }

  private List<JsonNode> events(String kind) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : events().lines().toList()) {
      JsonNode event = JSON.readTree(line);
      if (event.path("kind").asText().equals(kind)) {
        found.add(event);
      }
    }
    return found;
  }

  private static String nodeFile(String type) {
    return "{\"node\":\"n1\",\"type\":\"%s\",\"content\":\"%s\"}"
        .formatted(
            type, Base64.getEncoder().encodeToString(ZOE_ROW.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void throughHttp() throws Exception {
    HttpResponse<String> accounts = send("GET", "accounts?filter=(uid=ada)", "");
    assertThat(accounts.body()).startsWith("{\"accounts\":[\"ada\"],\"refused\":[],\"counts\":{");
    assertThat(send("GET", "accounts", "").statusCode()).isEqualTo(400);
    assertThat(post("verify-ledger", "{}").path("equal").asBoolean()).isTrue();

    JsonNode compared = post("reconcile", "{}");
    assertThat(compared.path("repaired").asBoolean()).isFalse();
    assertThat(compared.path("findings").findValuesAsText("rule")).contains("directory-ahead");

    assertThat(problem("adopt", "{\"acceptSerial\":0}")).isEqualTo("bad-request");
    JsonNode adoptable = postDry("adopt", "{\"reason\":\"a test\"}");
    assertThat(adoptable.at("/allocations/0/owner/name").asText()).isEqualTo("ada");
    JsonNode adopted = post("adopt", "{\"reason\":\"a test\"}");
    assertThat(adopted.path("allocations")).isEqualTo(adoptable.path("allocations"));
    assertThat(adopted.at("/refused/0/rule").asText()).isEqualTo("entry-refused");
    assertThat(adopted.path("warnings")).isEmpty();
    assertThat(events("adopt"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("actor").asText()).isEqualTo("admin@127.0.0.1");
              assertThat(event.path("reason").asText()).isEqualTo("a test");
              assertThat(event.path("requestId").asText()).isNotEmpty();
            });

    assertThat(problem("dismiss-entry", "{\"dn\":\"%s\"}".formatted(LARGE)))
        .isEqualTo("reason-missing");
    assertThat(problem("dismiss-entry", "{\"reason\":\"a test\"}")).isEqualTo("bad-request");
    assertThat(problem("dismiss-entry", "{\"reason\":\"a test\",\"dn\":\"cn=x\"}"))
        .isEqualTo("wrong-state");
    String dismissal = "{\"reason\":\"a test\",\"dn\":\"%s\"}".formatted(LARGE);
    JsonNode dismissable = postDry("dismiss-entry", dismissal);
    assertThat(dismissable.path("dn").asText()).isEqualTo(LARGE);
    assertThat(dismissable.at("/subuid/0/count").asLong()).isEqualTo(65536 * 1000);
    assertThat(post("dismiss-entry", dismissal)).isEqualTo(dismissable);
    assertThat(events("dismiss")).hasSize(1);

    assertThat(postDry("reconcile", "{\"repair\":true}").path("repaired").asBoolean()).isFalse();
    assertThat(post("reconcile", "{\"repair\":true}").path("repaired").asBoolean()).isTrue();

    assertThat(problem("rebind", "{}")).isEqualTo("reason-missing");
    JsonNode rebindable = postDry("rebind", "{\"reason\":\"a test\"}");
    assertThat(rebindable.at("/owners/0/formerStableId").asText()).isEqualTo("entryUUID:old-ada");
    assertThat(post("rebind", "{\"reason\":\"a test\"}")).isEqualTo(rebindable);
    assertThat(post("rebind", "{\"reason\":\"a test\"}").path("owners")).isEmpty();

    assertThat(problem("follow", "{\"forgetIds\":\"5-9\"}")).isEqualTo("reason-missing");
    String forget = "{\"forgetIds\":\"5-9\",\"reason\":\"a test\",\"acceptLoss\":true}";
    assertThat(postDry("follow", forget).at("/forgotten/uids").asInt(-1)).isZero();
    JsonNode followed = post("follow", forget);
    assertThat(followed.at("/forgotten/gids").asInt(-1)).isZero();
    assertThat(followed.at("/owners/withheld").asInt(-1)).isZero();
    assertThat(post("follow", "").has("forgotten")).isFalse();
    assertThat(events("forget-ids")).hasSize(1);

    for (String flag : List.of("{\"acceptLoss\":2}", "{\"acceptLoss\":\"true\"}")) {
      assertThat(problem("follow", flag)).as(flag).isEqualTo("bad-request");
    }
    assertThat(problem("reconcile", "{\"repair\":1}")).isEqualTo("bad-request");

    assertThat(problem("import", "{}")).isEqualTo("bad-request");
    assertThat(problem("import", "{\"files\":[null]}")).isEqualTo("bad-request");
    assertThat(problem("import", "{\"files\":[{\"node\":\"n1\"}]}")).isEqualTo("bad-request");
    assertThat(problem("import", "{\"files\":[%s]}".formatted(nodeFile("passwd"))))
        .isEqualTo("bad-request");
    assertThat(
            problem(
                "import", "{\"files\":[%s]}".formatted(nodeFile("subuid").replace("em9l", "=="))))
        .isEqualTo("bad-request");
    String files =
        "{\"reason\":\"a test\",\"files\":[%s,%s]}"
            .formatted(nodeFile("subuid"), nodeFile("subgid"));
    JsonNode importable = postDry("import", files);
    assertThat(importable.at("/pins/0/owner/name").asText()).as("%s", importable).isEqualTo("zoe");
    assertThat(post("import", files)).isEqualTo(importable);
    assertThat(events("import")).hasSize(1);
    assertThat(post("verify-ledger", "").path("findings")).isEmpty();
  }

  @Test
  void throughTheCommandLine() throws Exception {
    assertThat(dry("allocate", "--filter", "(uid=nobody)").err())
        .contains("match accountFilter")
        .contains("0 of these are entitled");
    assertThat(run("allocate", "--filter", "(").status()).isEqualTo(65);
    assertThat(done("verify", "--ledger").err()).contains("the ledger is what its ");

    assertThat(run("reconcile").out()).contains(" directory-ahead ");
    assertThat(dry("reconcile", "--adopt").err())
        .contains("1 allocations would be adopted, 1 entries refused");
    CommandLine adopted = done("reconcile", "--adopt");
    assertThat(adopted.err()).contains("1 allocations adopted, 1 entries refused");
    assertThat(adopted.out())
        .contains("error entry-refused ")
        .contains("ada (uid 100001): 0190c0de-0000-7000-8000-000000000007 ")
        .contains(ADA_START + ":65536, active");
    assertThat(events("adopt"))
        .singleElement()
        .satisfies(e -> assertThat(e.path("reason").asText()).isEqualTo("reconcile --adopt"));

    String[] dismiss = {"dismiss-entry", LARGE, "--reason", "a test"};
    assertThat(dry(dismiss).err()).contains("the entry would be dismissed");
    assertThat(done(dismiss).out()).startsWith(LARGE + ": subuid [1065353216:65536000], subgid [");
    assertThat(dry("reconcile", "--repair").err()).doesNotContain("republished");
    assertThat(done("reconcile", "--repair").err()).contains("every drifting owner is republished");

    String[] rebind = {"rebind", "--all", "--reason", "a test"};
    assertThat(dry(rebind).err()).contains("1 owners would be rebound");
    assertThat(done(rebind).out()).startsWith("ada (uid 100001): entryUUID:old-ada becomes ");

    String[] follow = {"follow", "--accept-loss", "--forget-ids", "5-9", "--reason", "a test"};
    assertThat(dry(follow).out()).contains("would forget 0 uids", "withheld 0");
    assertThat(done(follow).out()).contains("forgot 0 uids", "restored 0");

    Path subuid = Files.writeString(dir.resolve("n1.subuid"), ZOE_ROW);
    Path subgid = Files.writeString(dir.resolve("n1.subgid"), ZOE_ROW);
    String[] files = {"import-files", subuid.toString(), subgid.toString(), "--apply"};
    assertThat(dry(files).out()).contains("would pin zoe (uid 100003): subuid ");
    assertThat(done(files).err()).contains("1 owners pinned, ");
    assertThat(events("import"))
        .singleElement()
        .satisfies(e -> assertThat(e.path("reason").asText()).isEqualTo("import-files"));
    assertThat(done("verify", "--ledger").out()).isEmpty();
  }
}
