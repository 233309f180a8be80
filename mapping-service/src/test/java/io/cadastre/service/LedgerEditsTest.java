/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Shell;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An edit of the ledger's tables by the database's own shell is found at the next start and by
 * {@code verify --ledger}; the edits that leave the events whole are settled.
 */
@Tag("slow")
class LedgerEditsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;

  /** Three owners, ada, zoe and yan; yan is retired. */
  @BeforeAll
  static void makeLedger() throws Exception {
    try (Running service = new Running(configuration("original"))) {
      int uid = 1001;
      for (String name : new String[] {"ada", "zoe", "yan"}) {
        assertThat(service.put(name, uid++).statusCode()).isEqualTo(201);
      }
      assertThat(service.send("DELETE", "/v1/owners/yan", "").statusCode()).isEqualTo(204);
      assertThat(service.verify().status()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner | UPDATE allocation SET name = 'eve', stable_id = 'id-eve', counts_for = 'id-eve' WHERE name = 'zoe' | zoe",
        "range | UPDATE allocation SET uid_start = 1001521152 WHERE name = 'zoe'; UPDATE id_range SET first_id = 1001521152, last_id = 1001586687 WHERE id_type = 'subuid' AND first_id = 1001127936 | 1001521152",
        "deleted | DELETE FROM slot WHERE slot = 1; DELETE FROM id_range WHERE first_id = 1001127936; DELETE FROM allocation WHERE name = 'zoe'; UPDATE pool SET next_slot = 1 | missing",
        "retired | UPDATE allocation SET state = 'retired' WHERE name = 'zoe' | retired",
        "serial | UPDATE ledger SET serial = 1 | serial",
        "slot | DELETE FROM slot WHERE slot = 1 | slot 1",
      })
  void editOfTheTablesIsFoundAndSettled(String name, String sql, String said) throws Exception {
    Path config = edited(name, sql);

    try (Running service = new Running(config)) {
      servesButChangesNothing(service, "cadastre events settle");
      CommandLine verify = service.verify();
      assertThat(verify.status()).isEqualTo(65);
      assertThat(verify.out()).contains(said);
    }
    CommandLine dryRun = CommandLine.run("events", "settle", config.toString(), "--dry-run");
    assertThat(dryRun.status()).as(dryRun.err()).isZero();
    assertThat(dryRun.out()).contains(said);
    CommandLine settled = settle(config);
    assertThat(settled.status()).as(settled.err()).isZero();
    assertThat(settled.out()).contains(said);
    CommandLine again = settle(config);
    assertThat(again.status()).isZero();
    assertThat(again.err()).contains("nothing to settle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body | UPDATE event SET state_after = REPLACE(state_after, 'zoe', 'eve') WHERE seq = 4 | event 4 was changed",
        "last | DELETE FROM event WHERE seq = 6 | event 6 is missing",
      })
  void editOfTheEventsIsFoundAndNotSettled(String name, String sql, String said) throws Exception {
    Path config = edited(name, sql);

    try (Running service = new Running(config)) {
      servesButChangesNothing(service, "rebuild-from-directory");
      CommandLine verify = service.verify();
      assertThat(verify.status()).isEqualTo(65);
      assertThat(verify.out()).contains(said);
    }
    CommandLine settled = settle(config);
    assertThat(settled.status()).isEqualTo(65);
    assertThat(settled.err()).contains(said, "backup", "rebuild-from-directory");
  }

  @Test
  void settledLedgerGoesOnWithTheOwnersOfItsEvents() throws Exception {
    Path config = edited("goes-on", "UPDATE allocation SET name = 'eve' WHERE name = 'zoe'");
    assertThat(settle(config).status()).isZero();

    try (Running service = new Running(config)) {
      assertThat(service.verify().status()).isZero();
      assertThat(service.send("GET", "/v1/snapshot", "").body())
          .contains("zoe:1002:", "# serial 5")
          .doesNotContain("eve");
      assertThat(service.put("xia", 1004).statusCode()).isEqualTo(201);
      assertThat(service.send("GET", "/v1/events?limit=100", "").body())
          .contains("\"settle\"", "edited for a test");
      assertThat(service.send("GET", "/v1/changes?since=3", "").statusCode()).isEqualTo(410);
    }
  }

  private static CommandLine settle(Path config) {
    return CommandLine.run("events", "settle", config.toString(), "--reason", "edited for a test");
  }

  private static void servesButChangesNothing(Running service, String remedy) throws Exception {
    HttpResponse<String> refused = service.put("xia", 1004);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.body()).contains(remedy);
    assertThat(service.send("GET", "/v1/owners/ada", "").statusCode()).isEqualTo(200);
    assertThat(service.send("GET", "/v1/snapshot", "").statusCode()).isEqualTo(200);
  }

  private static Path configuration(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yml"),
        """
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: []}
        logging: {level: ERROR, appenders: [{type: console, target: stderr}]}
        access: open
        ledger: {url: "jdbc:h2:file:%s/%s", user: sa, create: ifMissing}
        identity: {source: caller}
        pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
        """
            .formatted(folder, name));
  }

  private static Path edited(String name, String sql) throws IOException, SQLException {
    Files.copy(folder.resolve("original.mv.db"), folder.resolve(name + ".mv.db"));
    new Shell().runTool("-url", "jdbc:h2:file:" + folder.resolve(name), "-user", "sa", "-sql", sql);
    return configuration(name);
  }

  /** A service in this process, and its clients. */
  private static final class Running implements AutoCloseable {
    private final DropwizardTestSupport<CadastreConfiguration> service;

    Running(Path config) throws Exception {
      service = new DropwizardTestSupport<>(CadastreApplication.class, config.toString());
      service.before();
    }

    HttpResponse<String> put(String name, int uid) throws Exception {
      return send(
          "PUT",
          "/v1/owners/" + name,
          "{\"uidNumber\":%d,\"gidNumber\":%d,\"stableId\":\"id-%s\"}".formatted(uid, uid, name));
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.getLocalPort() + path))
              .method(method, BodyPublishers.ofString(body))
              .header("Content-Type", "application/json")
              .build(),
          BodyHandlers.ofString());
    }

    CommandLine verify() {
      return CommandLine.run(
          "verify", "--ledger", "--url", "http://127.0.0.1:" + service.getLocalPort());
    }

    @Override
    public void close() {
      service.after();
    }
  }
}
