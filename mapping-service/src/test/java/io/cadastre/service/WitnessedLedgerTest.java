/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.ledger.TestArchive;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An administrator of the database edits an event and computes every hash anew. Service and chain
 * see nothing; what a real node kept finds it.
 */
@Tag("slow")
class WitnessedLedgerTest {
  private static final int EACH = 20;

  @TempDir Path folder;

  /**
   * The words before a command of the node: /etc is a copy of what Java needs, /var/lib/cadastre a
   * folder of ours.
   */
  private String[] onTheNode() {
    return new String[] {
      "unshare",
      "-m",
      "sh",
      "-ec",
      """
      cd "$0"
      test -d lib || {
        mkdir etc lib
        cp -a /etc/passwd /etc/group /etc/nsswitch.conf /etc/hosts /etc/ld.so.* etc
        cp -a /etc/java* etc || true
      }
      mount --make-rprivate /
      mount -t tmpfs tmpfs /var/lib
      mkdir /var/lib/cadastre
      mount --bind lib /var/lib/cadastre
      mount --bind etc /etc
      exec "$@"
      """,
      folder.resolve("node").toString()
    };
  }

  private CommandLine node(String... arguments) throws Exception {
    Files.createDirectories(folder.resolve("node"));
    List<String> words = new ArrayList<>(List.of(onTheNode()));
    words.addAll(ServiceProcess.java("io.cadastre.node.Main", ServiceProcess.SHORT_LIVED));
    words.addAll(List.of(arguments));
    Path err = folder.resolve("node.err");
    Process process = new ProcessBuilder(words).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    CommandLine ran = new CommandLine(process.waitFor(), out, Files.readString(err));
    assumeTrue(!ran.err().contains("unshare:"), "only root can mount: " + ran.err());
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  private static void allocate(String url, int first) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    for (int uid = first; uid < first + EACH; uid++) {
      String identity =
          "{\"uidNumber\":%d,\"gidNumber\":%d,\"stableId\":\"s%d\"}".formatted(uid, uid, uid);
      HttpRequest put =
          HttpRequest.newBuilder(URI.create(url + "/v1/owners/u" + uid))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString(identity))
              .build();
      assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
  }

  private interface Work {
    void with(String url) throws Exception;
  }

  /** Runs a service on the ledger, in this process. */
  private static void serve(String config, Work work) throws Exception {
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, config);
    service.before();
    try {
      work.with("http://127.0.0.1:" + service.getLocalPort());
    } finally {
      service.after();
    }
  }

  private String configuration() throws IOException {
    return Files.writeString(
            folder.resolve("cadastre.yml"),
            """
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: []}
            logging: {level: ERROR, appenders: [{type: console, target: stderr}]}
            access: open
            ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
            identity: {source: caller}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            """
                .formatted(folder))
        .toString();
  }

  @Test
  void editOfAnActorWithEveryHashComputedAnewIsFound() throws Exception {
    String config = configuration();
    String heads = folder.resolve("heads").toString();
    List<String> log = new ArrayList<>();
    serve(
        config,
        url -> {
          allocate(url, 1001);
          assertThat(node("sync", "--url", url).err()).isEmpty();
          allocate(url, 2001);
          assertThat(node("sync", "--url", url).err()).isEmpty();
          CommandLine.run("events", "export", "--url", url).out().lines().forEach(log::add);
        });
    Files.writeString(Path.of(heads), node("heads").out());
    int last = log.size();
    assertThat(CommandLine.run("events", "verify", "--config", config, "--heads", heads).status())
        .isZero();

    int victim = last - 5;
    edit(victim, log);

    assertThat(CommandLine.run("events", "verify", "--config", config).status()).isZero();
    CommandLine found = CommandLine.run("events", "verify", "--config", config, "--heads", heads);
    assertThat(found.status()).as(found.err()).isEqualTo(65);
    assertThat(found.out())
        .contains(
            "error heads: ",
            " saw event %d ".formatted(last),
            "Event %d is as ".formatted(last - EACH),
            "after that and up to event %d,".formatted(last));
    serve(
        config,
        url -> {
          assertThat(CommandLine.run("verify", "--ledger", "--url", url).status()).isZero();
          assertThat(node("sync", "--url", url).err())
              .contains("warning: head: /var/lib/cadastre/heads: ", "event %d".formatted(last));
        });
  }

  /** Writes another actor into an event, and correct hashes into it and all later ones. */
  private void edit(int victim, List<String> log) throws Exception {
    List<String> edited = new ArrayList<>(log);
    edited.set(
        victim - 1, log.get(victim - 1).replaceFirst("\"actor\":\"[^\"]*\"", "\"actor\":\"eve\""));
    List<String> sealed = TestArchive.sealed(edited, line -> line);
    try (Connection database =
        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "")) {
      PreparedStatement event =
          database.prepareStatement(
              "UPDATE event SET actor = ?, previous_hash = ?, hash = ? WHERE seq = ?");
      for (String line : sealed) {
        Event each = EventJson.read(line);
        event.setString(1, each.actor());
        event.setString(2, each.previousHash());
        event.setString(3, each.hash());
        event.setLong(4, each.seq());
        assertThat(event.executeUpdate()).isOne();
      }
      PreparedStatement head = database.prepareStatement("UPDATE ledger SET head = ?");
      head.setString(1, EventJson.read(sealed.get(sealed.size() - 1)).hash());
      assertThat(head.executeUpdate()).isOne();
    }
  }
}
