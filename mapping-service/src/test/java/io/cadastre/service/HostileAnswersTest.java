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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command against a service, or a file, that says what it likes: what the command prints for
 * people holds no character that acts on a terminal, hides, or turns text around.
 */
class HostileAnswersTest {
  static final String HOSTILE = "a\u001b]0;x\u0007\u009b2J\u202e\u2066\u200b\u00ad\r\nforged";
  static final Pattern ACTS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\n]]");

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

  /**
   * An answer to every question: an owner, a batch's line, a task's answer, a finding, a problem.
   */
  private static String everything() throws JsonProcessingException {
    Map<String, Object> range = Map.of("start", HOSTILE, "count", HOSTILE);
    Map<String, Object> finding =
        Map.of(
            "rule",
            HOSTILE,
            "severity",
            "error",
            "subject",
            HOSTILE,
            "message",
            HOSTILE,
            "remedy",
            HOSTILE);
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "owner", Map.of("name", HOSTILE, "uidNumber", 1),
                "allocation", Map.of("subuid", range, "subgid", range, "state", HOSTILE),
                "outcome", HOSTILE,
                "findings", List.of(finding),
                "detail", HOSTILE,
                "name", HOSTILE,
                "refused", Map.of("detail", HOSTILE)));
  }

  private static String task(String outcome) throws JsonProcessingException {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of("outcome", outcome, "summary", HOSTILE, "lines", List.of(HOSTILE, HOSTILE)));
  }

  private void assertPrintable(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    words.addAll(List.of("--url", url, "--admin-url", url));
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
        "follow",
        "audit",
        "audit --failures-only",
        "who 5",
        "events export",
      })
  void commandIsPrintable(String command) throws IOException {
    for (String text : List.of(everything(), task("DONE"), task("REFUSED"), HOSTILE)) {
      status = 200;
      body = text;
      assertPrintable(command);
    }
    for (int code : new int[] {404, 503}) {
      status = code;
      body = everything();
      assertPrintable(command);
    }
  }

  @Test
  void filesArePrintable() throws IOException {
    String file = Files.writeString(dir.resolve("node1.subuid"), HOSTILE).toString();
    body = task("DONE");
    assertPrintable("import-files " + file);
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
