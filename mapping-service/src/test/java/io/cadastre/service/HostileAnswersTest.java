/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command against a service, or a file, that says what it likes: what the command prints for
 * people holds no character that acts on a terminal, hides, or turns text around.
 */
@Tag("slow")
class HostileAnswersTest {
  static final String HOSTILE = "a\u001b]0;x\u0007\u009b2J\u202e\u2066\u200b\u00ad\r\nforged";
  static final Pattern ACTS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\n]]");

  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";

  @TempDir Path dir;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Answers to every question: between them, each record of the interface. */
  private static List<String> answers() throws JsonProcessingException {
    Map<String, Object> owner =
        Map.of("stableId", HOSTILE, "name", HOSTILE, "uidNumber", 1, "gidNumber", 1);
    Map<String, Object> range = Map.of("start", 1, "count", 1);
    Map<String, Object> allocation =
        Map.of(
            "id", UUID.randomUUID(),
            "subuid", range,
            "subgid", range,
            "state", HOSTILE,
            "serial", 1);
    Map<String, Object> holding = Map.of("owner", owner, "allocation", allocation);
    Map<String, Object> finding =
        Map.of(
            "rule", HOSTILE,
            "severity", "error",
            "subject", HOSTILE,
            "message", HOSTILE,
            "remedy", HOSTILE);
    Map<String, Object> event =
        Map.of(
            "seq",
            1,
            "at",
            HOSTILE,
            "kind",
            HOSTILE,
            "serial",
            1,
            "actor",
            HOSTILE,
            "reason",
            HOSTILE,
            "after",
            Map.of(),
            "previousHash",
            "",
            "hash",
            "");
    Map<String, Object> known =
        Map.of(
            "line", 1,
            "owner", owner,
            "allocation", allocation,
            "former", List.of(),
            "events", List.of(event),
            "outcome", HOSTILE,
            "directory", HOSTILE,
            "name", HOSTILE,
            "owners", Map.of("followed", 1, "withheld", 1, "restored", 1, "spared", 1));
    Map<String, Object> refusedLine = Map.of("line", 1, "name", HOSTILE, "refused", problem());
    Map<String, Object> found =
        Map.of(
            "accounts", List.of(HOSTILE),
            "allocations", List.of(holding),
            "refused", List.of(finding),
            "warnings", List.of(finding),
            "findings", List.of(finding),
            "equal", false,
            "repaired", true,
            "owners", List.of(Map.of("owner", owner, "formerStableId", HOSTILE)),
            "pins", List.of(Map.of("owner", owner, "subuid", range, "subgid", range)),
            "at", "2026-01-01T00:00:00Z");
    Map<String, Object> acknowledged =
        Map.of(
            "at", "2026-01-01T00:00:00Z",
            "findings", List.of(),
            "acknowledged",
                List.of(Map.of("finding", finding, "until", "2026-01-01", "why", HOSTILE)));
    Map<String, Object> pool =
        Map.of(
            "name",
            HOSTILE,
            "count",
            1,
            "strategy",
            HOSTILE,
            "segments",
            List.of(),
            "size",
            1,
            "used",
            1,
            "retired",
            1,
            "blocked",
            1,
            "free",
            1);
    Map<String, Object> pools = Map.of("pools", List.of(pool));
    Map<String, Object> dismissed =
        Map.of("dn", HOSTILE, "subuid", List.of(range), "subgid", List.of(range));
    List<String> answers = new ArrayList<>();
    for (Object answer :
        List.of(known, refusedLine, found, acknowledged, pools, dismissed, problem())) {
      answers.add(JSON.writeValueAsString(answer));
    }
    answers.add("{\"events\":[{\"seq\":\"" + HOSTILE + "\"}]}");
    answers.add(HOSTILE);
    return answers;
  }

  private static Map<String, Object> problem() {
    return Map.of("type", HOSTILE, "title", HOSTILE, "status", 400, "detail", HOSTILE);
  }

  private void assertPrintable(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    words.addAll(List.of("--url", url));
    assertPrintable(CommandLine.run(words.toArray(String[]::new)));
  }

  static void assertPrintable(CommandLine ran) {
    String all = (ran.out() + ran.err()).replace("\n\tat ", "\n    at ");
    assertThat(ACTS.matcher(all).find()).as(() -> ACTS.matcher(all).replaceAll("\u25c6")).isFalse();
    assertThat(all.lines()).noneMatch(line -> line.startsWith("forged"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allocate zoe",
        "allocate --filter (uid=*)",
        "retire zoe",
        "supersede zoe --reason x",
        "rebind zoe --reason x",
        "rebind --all --reason x",
        "reconcile",
        "reconcile --repair",
        "reconcile --adopt",
        "dismiss-entry cn=x --reason x",
        "verify --ledger",
        "follow",
        "audit",
        "audit --failures-only",
        "who 5",
        "owner zoe",
        "pools",
        "events export",
      })
  void commandIsPrintable(String command) throws IOException {
    for (String text : answers()) {
      // An export is data, byte for byte: an event that can be read is not changed.
      boolean exported = command.equals("events export") && text.contains("\"previousHash\"");
      status = 200;
      body = exported ? HOSTILE : text;
      assertPrintable(command);
    }
    for (int code : new int[] {404, 503}) {
      status = code;
      body = JSON.writeValueAsString(problem());
      assertPrintable(command);
    }
  }

  @Test
  void filesArePrintable() throws IOException {
    String file = Files.writeString(dir.resolve("node1.subuid"), HOSTILE).toString();
    for (String text : answers()) {
      body = text;
      assertPrintable("import-files " + file);
    }
    assertPrintable("import-files " + file + HOSTILE);
    assertPrintable(CommandLine.run("events", "verify", file));
    assertPrintable(CommandLine.run("events", "verify", file + HOSTILE));
    for (String yaml :
        List.of(
            HOSTILE,
            "key\u202e\u2066: 1\n",
            "server: {\"\\u001b\\u009b\": 1}\n",
            "identity: {source: \"\\u001b\\u009b\\u202e\"}\n",
            "pools: [{name: \"\\u001b\\u202e\", segments: [{first: 1, last: 2}]}]\n",
            """
            access: open
            ledger: {url: "jdbc:h2:mem:\\u001b;X\\u202e=1", user: sa}
            identity: {source: caller}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            """)) {
      String config = Files.writeString(dir.resolve("cadastre.yml"), yaml).toString();
      assertPrintable(CommandLine.run("check", config));
      assertPrintable(CommandLine.run("rebuild-from-directory", config));
      assertPrintable(CommandLine.run("events", "replay", config, file));
    }
  }
}
